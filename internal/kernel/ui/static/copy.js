// The reading copy on one's own telephone: chosen on its page, made new while somebody is signed in, read without a network.
// It lies sealed in the store of the browser. Sealing needs only the open half of a pair of keys; the other half is itself sealed
// under the code that the person chose, which is not kept and not sent. Whatever is too old, ended, or tried too often goes first.
(() => {
const d = document, $ = s => d.querySelector(s), s = self.crypto && crypto.subtle;
const tell = $('[data-copy]'); if (!tell || !s || !self.indexedDB || !navigator.serviceWorker) return;
const day = 864e5, triesMost = 8, rounds = 600000;
const of = t => new TextEncoder().encode(t), gcm = iv => ({ name: 'AES-GCM', iv }), pair = { name: 'ECDH', namedCurve: 'P-256' }, dice = n => crypto.getRandomValues(new Uint8Array(n));

// One record in one store. Only the choice makes the store: who looks finds it or not, and never leaves an empty one behind, and
// a tab that was still busy does not bring back what another one took away.
const base = made => new Promise((ok, no) => {
  const r = indexedDB.open('kopie', 1);
  r.onupgradeneeded = () => { if (made) r.result.createObjectStore('k'); else r.transaction.abort(); };
  r.onsuccess = () => ok(r.result); r.onerror = () => r.error.name === 'AbortError' ? ok() : no(r.error);
});
const store = async (how, f, made) => {
  const b = await base(made); if (!b) return;
  try { return await new Promise((ok, no) => { const t = b.transaction('k', how), q = f(t.objectStore('k')); t.oncomplete = () => ok(q.result); t.onerror = t.onabort = () => no(t.error); }); } finally { b.close(); }
};
const read = () => store('readonly', k => k.get(1)), write = (x, made) => store('readwrite', k => k.put(x, 1), made);
const gone = async () => {
  await new Promise(ok => { const r = indexedDB.deleteDatabase('kopie'); r.onsuccess = r.onerror = r.onblocked = ok; });
  for (const k of await caches.keys()) await caches.delete(k);
  for (const r of await navigator.serviceWorker.getRegistrations()) await r.unregister();
};

const fromCode = async (code, salt) => s.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, await s.importKey('raw', of(code), 'PBKDF2', false, ['deriveKey']), { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
const shared = (priv, pub) => s.deriveKey({ name: 'ECDH', public: pub }, priv, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
// seal puts what the server gave into the record, with the open half only.
const seal = async (x, c, made) => {
  const once = await s.generateKey(pair, true, ['deriveKey']), iv = dice(12);
  x.body = await s.encrypt(gcm(iv), await shared(once.privateKey, await s.importKey('raw', x.pub, pair, false, [])), of(JSON.stringify(c.parts)));
  x.iv = iv; x.once = await s.exportKey('raw', once.publicKey); x.seen = Date.now(); x.until = x.seen + c.lasts; // by its own clock, which may be wrong
  await write(x, made);
};
const open = async (x, code) => {
  const priv = await s.importKey('pkcs8', await s.decrypt(gcm(x.lock), await fromCode(code, x.salt), x.priv), pair, false, ['deriveKey']);
  return JSON.parse(new TextDecoder().decode(await s.decrypt(gcm(x.iv), await shared(priv, await s.importKey('raw', x.once, pair, false, [])), x.body)));
};
// fresh is the record, unless its time is over: then it goes before anything of it is shown. A clock that was put back counts as over.
const fresh = async () => {
  const x = await read(), now = Date.now();
  if (!x) return;
  if (now > x.until || now < x.seen - day) return void await gone();
  x.seen = Math.max(x.seen, now); await write(x);
  return x;
};
// asked says whether the house ended the copy; without a network nobody knows.
const asked = async () => { try { const r = await fetch(tell.dataset.copy, { cache: 'no-store' }); return r.ok && await r.text() === 'weg'; } catch { return false; } };
const post = async (url, body) => { const r = await fetch(url, { method: 'POST', body, credentials: 'same-origin' }); if (!r.ok || r.redirected) throw r.status; return r.json(); };

if ('copyGone' in tell.dataset) return void gone(); // signed out, in a browser that does not clear its store by itself

const make = $('[data-copy-make]'), show = $('[data-copy-show]');
if (make) { // the choice
  const say = make.querySelector('[role=status]'), e = make.elements, old = make.querySelector('button[type=submit]');
  make.hidden = false; $('[data-copy-plain]').hidden = true;
  make.addEventListener('submit', async v => {
    v.preventDefault(); say.textContent = '';
    const code = e.code.value.trim();
    if (code.length < 6 || code === e.pin.value.trim()) { say.textContent = code.length < 6 ? make.dataset.short : make.dataset.same; e.code.focus(); return; }
    if (code !== e.code2.value.trim()) { say.textContent = make.dataset.differ; e.code2.focus(); return; }
    old.disabled = true;
    try {
      const f = new FormData(make); f.delete('code'); f.delete('code2');
      const c = await post(make.action, new URLSearchParams(f));
      if (c.say) { say.textContent = c.say; old.disabled = false; e.pin.value = ''; e.pin.focus(); return; }
      const keys = await s.generateKey(pair, true, ['deriveKey']), salt = dice(16), lock = dice(12);
      const priv = await s.encrypt(gcm(lock), await fromCode(code, salt), await s.exportKey('pkcs8', keys.privateKey));
      await seal({ salt, lock, priv, pub: await s.exportKey('raw', keys.publicKey), tries: 0 }, c, true);
      await navigator.serviceWorker.register(make.dataset.worker, { scope: '/mijn' });
      await navigator.serviceWorker.ready;
      location = make.dataset.done;
    } catch { say.textContent = make.dataset.failed; old.disabled = false; await gone(); }
  });
} else if (show) { // reading
  const word = n => show.querySelector('[data-' + n + ']'), only = n => ['form', 'none', 'text'].forEach(k => { word(k).hidden = k !== n; });
  const check = async () => { if (await asked()) { await gone(); only('none'); } };
  (async () => {
    if (await asked()) await gone();
    const x = await fresh(); if (!x) await gone(); // nothing to read: then no worker that answers without a network either
    only(x ? 'form' : 'none');
    if (x) { setInterval(check, 60000); addEventListener('online', check); }
  })();
  const form = word('form'), say = form.querySelector('[role=status]');
  form.addEventListener('submit', async v => {
    v.preventDefault(); say.textContent = '';
    const x = await fresh(); if (!x) return only('none');
    x.tries++; await write(x);
    let parts;
    try { parts = await open(x, form.elements.code.value.trim()); } catch {
      if (x.tries >= triesMost) { await gone(); return only('none'); }
      say.textContent = form.dataset.wrong; return;
    }
    x.tries = 0; await write(x);
    const at = word('parts'), put = (to, tag, t) => { const n = d.createElement(tag); n.textContent = t; n.dir = 'auto'; to.append(n); return n; };
    at.textContent = '';
    for (const p of parts) { put(at, 'h2', p.title).className = 'h-s'; const ul = put(at, 'ul', ''); ul.className = 'bullets'; p.lines.forEach(l => put(ul, 'li', l)); }
    only('text'); form.reset();
  });
} else (async () => { // any page of somebody who is signed in and has a copy here: it is made new
  const x = await fresh();
  if (!x) return void await gone(); // it was too old, or tried too often
  if (tell.dataset.copyNew) try { const c = await post(tell.dataset.copyNew); if (c.gone) await gone(); else if (c.parts) await seal(x, c); } catch { }
})();
})();
