// What lies in the folder of a browser's profile: finds searches every file for words, as they stand there and unpacked.
// Chromium keeps answers as they came over the line (gzip), its small databases in blocks (snappy), and text as UTF-8 or UTF-16.
const fs = require('fs'), path = require('path'), zlib = require('zlib');

function walk(dir) {
  return fs.readdirSync(dir, { withFileTypes: true }).flatMap(e => {
    const p = path.join(dir, e.name);
    return e.isDirectory() ? walk(p) : e.isFile() ? [p] : [];
  });
}

// varint reads a number of a LevelDB file: seven bits a byte, the lowest first.
function varint(b, at) {
  let n = 0;
  for (let shift = 1; ; shift *= 128) {
    if (at >= b.length) throw new Error('cut off');
    const x = b[at++];
    n += (x & 127) * shift;
    if (x < 128) return [n, at];
  }
}

function unsnappy(b) {
  let [length, at] = varint(b, 0);
  if (length > 1 << 26) throw new Error('no snappy');
  const out = Buffer.alloc(length);
  let to = 0;
  while (at < b.length) {
    const tag = b[at++], kind = tag & 3;
    if (kind === 0) {
      let n = tag >> 2;
      if (n >= 60) { const k = n - 59; n = b.readUIntLE(at, k); at += k; }
      n++;
      b.copy(out, to, at, at + n); at += n; to += n;
      continue;
    }
    let n, back;
    if (kind === 1) { n = 4 + (tag >> 2 & 7); back = (tag >> 5) << 8 | b[at++]; }
    else if (kind === 2) { n = 1 + (tag >> 2); back = b.readUInt16LE(at); at += 2; }
    else { n = 1 + (tag >> 2); back = b.readUInt32LE(at); at += 4; }
    if (back === 0 || back > to || to + n > length) throw new Error('no snappy');
    while (n--) { out[to] = out[to - back]; to++; }
  }
  return out;
}

// blocks are the pieces of a table of LevelDB: its last bytes say where the index is, the index where the pieces are.
function blocks(b) {
  const out = [], one = (from, size) => b[from + size] === 1 ? unsnappy(b.subarray(from, from + size)) : b.subarray(from, from + size);
  let at = b.length - 48, from, size;
  [, at] = varint(b, at); [, at] = varint(b, at); [from, at] = varint(b, at); [size, at] = varint(b, at);
  const index = one(from, size), end = index.length - 4 - 4 * index.readUInt32LE(index.length - 4);
  for (at = 0; at < end;) {
    let rest, value;
    [, at] = varint(index, at); [rest, at] = varint(index, at); [value, at] = varint(index, at);
    at += rest;
    const [f, next] = varint(index, at), [s] = varint(index, next);
    out.push(one(f, s));
    at += value;
  }
  return out;
}

// unpacked are the packed pieces in a file. A piece that is cut off gives what it has.
function unpacked(b, name) {
  const out = [];
  for (let at = b.indexOf('\x1f\x8b\x08', 0, 'latin1'); at >= 0; at = b.indexOf('\x1f\x8b\x08', at + 1, 'latin1')) {
    // Ten bytes of head and then the packed bytes; what follows them in the file is no part of it.
    try { out.push(zlib.inflateRawSync(b.subarray(at + 10), { finishFlush: zlib.constants.Z_SYNC_FLUSH })); } catch { /* three bytes like those of a head */ }
  }
  if (name.endsWith('.ldb')) try { out.push(...blocks(b)); } catch { }
  if (/\/Cache|\/CacheStorage/.test(name)) try { out.push(zlib.brotliDecompressSync(b)); } catch { }
  return out;
}

// finds gives a line for each word in each file that holds it, and how much was searched.
function finds(dir, words) {
  const forms = words.map(w => [w, Buffer.from(w, 'utf8'), Buffer.from(w, 'utf16le')]);
  const hits = [], names = walk(dir);
  let packed = 0;
  for (const name of names) {
    const b = fs.readFileSync(name), more = unpacked(b, name);
    packed += more.length;
    for (const [i, piece] of [b, ...more].entries()) for (const [w, utf8, utf16] of forms) {
      const at = Math.max(piece.indexOf(utf8), piece.indexOf(utf16));
      if (at >= 0) hits.push(`"${w}" in ${path.relative(dir, name)}${i ? ' (unpacked)' : ''}: ${JSON.stringify(piece.subarray(Math.max(0, at - 40), at + 60).toString('latin1'))}`);
    }
  }
  return { hits, files: names.length, packed };
}

module.exports = { finds, unsnappy };
