// Records sound into a field for a file, and sends the form as soon as something is recorded or chosen: the page that comes
// back lets it be heard before it is sent on. Where the page says what is done (data-done) the recording waits in the form. Nothing is recorded before somebody presses, and the microphone is let go at once.
(() => {
const d = document, box = d.querySelector('[data-record]'); if (!box || box.dataset.on || !window.DataTransfer) return;
box.dataset.on = 1;
const input = d.getElementById(box.dataset.record), form = input.form, say = box.querySelector('[role=status]');
form.querySelectorAll('[data-plain]').forEach(x => { x.hidden = true; });
const done = box.dataset.done;
if (!done) form.querySelectorAll('input[type=file]').forEach(i => i.addEventListener('change', () => { if (i.files.length) form.submit(); }));
if (!window.MediaRecorder || !navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return;
const b = box.querySelector('button'), word = b.querySelector('span'), name = word.textContent, plain = input.closest('.field');
if (!plain.classList.contains('field--err')) plain.hidden = true;
box.hidden = false;
let r, tick, n; const length = s => Math.floor(s / 60) + ':' + String(s % 60).padStart(2, '0');
b.addEventListener('click', async () => {
  if (r) { if (r.state === 'recording') r.stop(); return; }
  let s;
  try { s = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: true } }); }
  catch { say.textContent = box.dataset.no; plain.hidden = false; return; }
  const parts = [], type = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'].find(t => MediaRecorder.isTypeSupported(t));
  r = new MediaRecorder(s, { mimeType: type, audioBitsPerSecond: 24000 });
  r.ondataavailable = e => { if (e.data.size) parts.push(e.data); };
  r.onstop = () => {
    clearInterval(tick); s.getTracks().forEach(t => t.stop()); word.textContent = name; b.classList.remove('btn--danger');
    const file = new File(parts, 'stem', { type: r.mimeType }), dt = new DataTransfer();
    r = 0; say.textContent = ''; if (!file.size) return;
    dt.items.add(file); input.files = dt.files;
    if (done) { say.textContent = done + ' ' + length(n); return; }
    b.disabled = true; form.submit();
  };
  r.start();
  word.textContent = box.dataset.stop; b.classList.add('btn--danger');
  n = 0; const most = +box.dataset.most, show = () => { say.textContent = length(n) + ' / ' + length(most); };
  show(); tick = setInterval(() => { n++; show(); if (n >= most && r.state === 'recording') r.stop(); }, 1000);
});
})();
