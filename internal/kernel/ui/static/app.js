// Everything here is an extra: every page and every form works without it.
(() => {
const d = document, $ = s => d.querySelector(s), all = s => d.querySelectorAll(s);
// A summary of errors is read first.
const errs = $('#fouten'); if (errs) errs.focus();

// Leave at once: the button, or Escape three times. The address is replaced, so "back" does not return here.
const away = d.body.dataset.hide;
const leave = e => { if (away) { e && e.preventDefault(); location.replace(away); } };
all('[data-hide-now]').forEach(a => a.addEventListener('click', leave));
let esc = 0; d.addEventListener('keyup', e => { esc = e.key === 'Escape' ? esc + 1 : 0; if (esc === 3) leave(); });

// Shortcuts: / search, n record, digits choose a tile, Ctrl+Enter sends. Never while typing; can be switched off.
const typing = e => /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) && !/radio|checkbox/.test(e.target.type || '');
d.addEventListener('keydown', e => {
  if ((e.ctrlKey || e.metaKey) && e.key === 'Enter') {
    const f = (e.target.form) || $('main form[method=post]'); if (f) { e.preventDefault(); f.requestSubmit(); } return;
  }
  if (e.ctrlKey || e.metaKey || e.altKey || typing(e) || d.documentElement.dataset.keys === 'off') return;
  const q = $('#q'), n = $('[data-key=n]');
  if (e.key === '/' && q) { e.preventDefault(); q.focus(); }
  else if (e.key === 'n' && n) location = n.href;
  else if (/^[0-9]$/.test(e.key)) { const t = $('[data-digit="' + e.key + '"]'); if (t) { t.checked = true; t.focus(); t.dispatchEvent(new Event('input', { bubbles: true })); } }
});

// Drafts: a second after the last change the form goes to the server, which keeps it sealed. Nothing stays here.
all('form[data-draft]').forEach(f => {
  let t, busy = false, again = false; const say = f.querySelector('[role=status] [data-say]') || f.querySelector('[role=status]');
  const save = async () => {
    if (busy) { again = true; return; } busy = true;
    try {
      const r = await fetch(f.dataset.draft, { method: 'POST', body: new URLSearchParams(new FormData(f)), credentials: 'same-origin' });
      if (say) say.textContent = r.redirected ? '' : await r.text();
    } catch { if (say && f.dataset.offline) say.textContent = f.dataset.offline; }
    busy = false; if (again) { again = false; save(); }
  };
  f.addEventListener('input', () => { clearTimeout(t); t = setTimeout(save, 1000); });
  f.addEventListener('submit', () => clearTimeout(t));
});

// Suggestions while typing: the server answers a piece of page.
all('[data-suggest]').forEach(i => {
  let t, n = 0; const out = d.getElementById(i.dataset.into || 'suggesties'); if (!out) return;
  i.form.addEventListener('input', () => { clearTimeout(t); t = setTimeout(async () => {
    const mine = ++n, r = await fetch(i.dataset.suggest, { method: 'POST', body: new URLSearchParams(new FormData(i.form)), credentials: 'same-origin' });
    if (mine === n && r.ok) out.innerHTML = await r.text();
  }, 300); });
});

// Long work: the page asks for itself again.
const ag = $('[data-again]'); if (ag) setTimeout(() => location.reload(), ag.dataset.again * 1000);

// A menu closes when something else is pressed.
d.addEventListener('click', e => all('details.menu[open]').forEach(m => { if (!m.contains(e.target)) m.open = false; }));
// A form that was sent is not sent again by a second press; the server would write it once anyway.
d.addEventListener('submit', e => { const f = e.target; if (f.dataset.sent) e.preventDefault(); else { f.dataset.sent = 1; setTimeout(() => delete f.dataset.sent, 4000); } });
})();
