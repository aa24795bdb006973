// Everything here is an extra: every page and every form works without it.
(() => {
const d = document, $ = s => d.querySelector(s), all = s => d.querySelectorAll(s);
// A summary of errors is read first.
const errs = $('#fouten'); if (errs && !errs.closest('[data-guide]')) errs.focus();

// A button that prints is there only where there is a script to do it.
all('[data-print]').forEach(b => { b.hidden = false; b.addEventListener('click', () => print()); });

// A text is read aloud where the telephone itself has a voice in its language; without one there is no button. A voice that needs
// the network would tell somebody else what is read.
if ('speechSynthesis' in window) {
  const s = speechSynthesis, base = l => l.toLowerCase().split(/[-_]/)[0];
  const look = () => all('[data-speak][hidden],[data-say][hidden]').forEach(b => {
    const t = b.dataset.say ? b : $(b.dataset.speak), l = t && base(t.lang || d.documentElement.lang), v = t && s.getVoices().find(v => v.localService && base(v.lang) === l);
    if (!v) return;
    b.hidden = false;
    b.addEventListener('click', () => {
      if (s.speaking) { s.cancel(); return; }
      const u = new SpeechSynthesisUtterance(b.dataset.say || t.innerText); u.voice = v; u.lang = v.lang; s.speak(u);
    });
  });
  look(); if (s.addEventListener) s.addEventListener('voiceschanged', look);
  addEventListener('pagehide', () => s.cancel());
}

// Leave at once: the button, or Escape three times. The address is replaced, so "back" does not return here.
const away = d.body.dataset.hide;
const leave = e => { if (away) { if (e) e.preventDefault(); location.replace(away); } };
all('[data-hide-now]').forEach(a => a.addEventListener('click', leave));
let esc = 0; d.addEventListener('keyup', e => { esc = e.key === 'Escape' ? esc + 1 : 0; if (esc === 3) leave(); });

// Shortcuts: / search, n record, digits choose a tile, ? shows them all. Never while typing; they can be switched off.
// Ctrl+Enter sends the form one is in, or the one that keeps drafts: never just any form of the page.
const typing = e => e.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) && !/radio|checkbox/.test(e.target.type);
d.addEventListener('keydown', e => {
  if (e.defaultPrevented || e.isComposing) return;
  if ((e.ctrlKey || e.metaKey) && e.key === 'Enter') {
    const f = e.target.form || $('form[data-draft]');
    if (f && f.method === 'post') { e.preventDefault(); const b = f.querySelector('[type=submit]'); if (b) b.click(); }
    return;
  }
  if (e.ctrlKey || e.metaKey || e.altKey || e.repeat || typing(e) || d.documentElement.dataset.keys === 'off') return;
  const q = $('#q'), n = $('[data-key=n]'), help = $('#toetsen');
  if (e.key === '/' && q) { e.preventDefault(); q.focus(); }
  else if (e.key === 'n' && n) location = n.href;
  else if (e.key === '?' && help) { e.preventDefault(); help.closest('details.menu').open = help.open = true; help.firstElementChild.focus(); }
  else if (/^[0-9]$/.test(e.key)) { const t = $('[data-digit="' + e.key + '"]'); if (t) { t.checked = true; t.focus(); t.dispatchEvent(new Event('input', { bubbles: true })); } }
});

const post = (url, form, more) => fetch(url, Object.assign({ method: 'POST', body: new URLSearchParams(new FormData(form)), credentials: 'same-origin' }, more));

// Drafts: a second after the last change the form goes to the server, which keeps it sealed. Nothing stays here. What the
// server says stands in the form's status; anything but its plain answer (signed out, a fault, no network) reads "not kept".
all('form[data-draft]').forEach(f => {
  let t, flight, again; const say = f.querySelector('[data-say]') || f.querySelector('[role=status]');
  const save = async last => {
    clearTimeout(t); t = 0;
    if (flight) { again = true; return; }
    const a = flight = new AbortController(); let kept = '';
    try {
      const r = await post(f.dataset.draft, f, { signal: a.signal, keepalive: last === true });
      if (r.ok && !r.redirected) kept = await r.text();
    } catch { }
    flight = 0;
    if (a.signal.aborted) return;
    if (say) say.textContent = kept || f.dataset.offline || '';
    if (again) { again = false; save(); }
  };
  f.addEventListener('input', () => { clearTimeout(t); t = setTimeout(save, 1000); });
  // A draft on its way must not arrive after the form itself, or what was just saved would come back as unsaved.
  f.addEventListener('submit', () => { clearTimeout(t); t = again = 0; if (flight) flight.abort(); });
  d.addEventListener('visibilitychange', () => { if (d.hidden && t) save(true); });
});

// A form with a riddle counts until its answer fits, and then goes. Without a script the server lets it wait instead.
all('form[data-pow]').forEach(f => f.addEventListener('submit', async e => {
  const r = f.elements.raadsel, s = f.elements.som;
  if (s.value || !self.crypto || !crypto.subtle) return;
  e.preventDefault();
  for (let n = 0, of = new TextEncoder(); !s.value; n++) {
    const h = await crypto.subtle.digest('SHA-256', of.encode(r.value + ':' + n));
    if (Math.clz32(new DataView(h).getUint32(0)) >= f.dataset.pow) s.value = n;
  }
  f.submit();
}));

// Suggestions while typing: the server answers a piece of page, and only a piece of page is shown.
all('[data-suggest]').forEach(i => {
  let t, n = 0; const out = d.getElementById(i.dataset.into || 'suggesties'); if (!out || !i.form) return;
  i.form.addEventListener('input', () => { clearTimeout(t); t = setTimeout(async () => {
    const mine = ++n;
    try {
      const r = await post(i.dataset.suggest, i.form), s = r.ok && !r.redirected ? await r.text() : '';
      if (mine === n && !/<html/i.test(s)) out.innerHTML = s;
    } catch { }
  }, 300); });
});

// The search box answers while somebody types: arrows choose, Enter opens, Escape closes. The focus stays in the box.
all('[data-combo]').forEach(i => {
  const box = d.getElementById(i.id + '-list'); if (!box) return;
  const set = (k, v) => i.setAttribute(k, v), opts = () => [...box.querySelectorAll('[role=option]')]; let t, n = 0, at = -1;
  set('role', 'combobox'); set('aria-controls', box.id); set('aria-autocomplete', 'list'); set('aria-expanded', false);
  const pick = k => {
    at = k; i.removeAttribute('aria-activedescendant');
    opts().forEach((o, j) => { o.id = box.id + j; o.setAttribute('aria-selected', j === k); if (j === k) { set('aria-activedescendant', o.id); o.scrollIntoView({ block: 'nearest' }); } });
  };
  const show = on => { box.hidden = !on; set('aria-expanded', on && opts().length > 0); pick(-1); };
  i.addEventListener('input', () => { clearTimeout(t); const mine = ++n; if (i.value.trim().length < 2) return show(false); t = setTimeout(async () => {
    try {
      const r = await post(i.dataset.combo, i.form), s = r.ok && !r.redirected ? await r.text() : '';
      if (mine === n && !/<html/i.test(s)) { box.innerHTML = s; show(s.trim() !== ''); }
    } catch { }
  }, 200); });
  i.addEventListener('keydown', e => {
    const os = box.hidden ? [] : opts(), step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (step && os.length) { e.preventDefault(); pick((at + step + (at < 0 && step < 0 ? 1 : 0) + os.length) % os.length); }
    else if (e.key === 'Enter' && os[at]) { e.preventDefault(); location = os[at].dataset.href; }
    else if (e.key === 'Escape' && !box.hidden) { e.preventDefault(); show(false); }
  });
  box.addEventListener('mousedown', e => { const o = e.target.closest('[role=option]'); e.preventDefault(); if (o) location = o.dataset.href; });
  i.addEventListener('blur', () => { n++; show(false); });
});

// Long work: the page asks for itself again.
const ag = $('[data-again]'); if (ag) setTimeout(() => location.reload(), ag.dataset.again * 1000);

// A page that others change too, such as a queue: its pieces marked data-fresh are fetched anew while it is seen. A piece in
// which somebody stands, or points at a button, waits. It does not count as use: when the session has rested long enough the
// page asks for itself, which leads to the sign-in, unless something was typed.
const rn = $('[data-renew]'), bare = x => x.innerHTML.replace(/<input[^>]*name="_once"[^>]*>/g, '');
const renew = async () => {
  if (d.hidden) return;
  try {
    const r = await fetch(rn.dataset.renew, { headers: { 'Rg-Unattended': '1' } });
    if (r.redirected && ![...all('main input:not([type=hidden]),main textarea')].some(i => i.value !== i.defaultValue)) location.reload();
    if (!r.ok || r.redirected) return;
    const p = new DOMParser().parseFromString(await r.text(), 'text/html');
    all('[data-fresh]').forEach(x => {
      const y = p.getElementById(x.id);
      if (y && bare(x) !== bare(y) && !x.contains(d.activeElement) && !x.querySelector('a:hover,button:hover')) { x.innerHTML = y.innerHTML; x.hidden = y.hidden; }
    });
  } catch { }
};
if (rn) { setInterval(renew, 20000); d.addEventListener('visibilitychange', renew); }

// A hard word opens its explanation; without a script the link leads to it.
all('a.term').forEach(a => a.addEventListener('click', () => { const t = $(a.hash); if (t) t.open = true; }));

// A menu closes when something else is pressed, and on Escape, which gives the focus back.
const menus = '.menu[open]';
d.addEventListener('click', e => all(menus).forEach(m => { if (!m.contains(e.target)) m.open = false; }));
d.addEventListener('keydown', e => { const m = e.key === 'Escape' && $(menus); if (m) { m.open = false; m.firstElementChild.focus(); } });
// A form that was sent is not sent again by a second press; the server would write it once anyway.
d.addEventListener('submit', e => { const f = e.target; if (f.dataset.sent) e.preventDefault(); else { f.dataset.sent = 1; setTimeout(() => delete f.dataset.sent, 4000); } });
})();
