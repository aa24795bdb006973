// Passkeys. Without this script the forms below stay hidden and a password with a code does the same.
(() => {
if (!window.PublicKeyCredential || !navigator.credentials) return;
const bytes = s => Uint8Array.from(atob(s.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));
const text = b => btoa(String.fromCharCode(...new Uint8Array(b))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const ids = l => (l || []).map(c => ({ ...c, id: bytes(c.id) }));
const ask = async o => o.user
  ? navigator.credentials.create({ publicKey: { ...o, challenge: bytes(o.challenge), user: { ...o.user, id: bytes(o.user.id) }, excludeCredentials: ids(o.excludeCredentials) } })
  : navigator.credentials.get({ publicKey: { ...o, challenge: bytes(o.challenge), allowCredentials: ids(o.allowCredentials) } });
const told = c => {
  const r = c.response, response = { clientDataJSON: text(r.clientDataJSON) };
  for (const k of ['attestationObject', 'authenticatorData', 'signature', 'userHandle']) if (r[k]) response[k] = text(r[k]);
  if (r.getTransports) response.transports = r.getTransports();
  return JSON.stringify({ id: c.id, rawId: text(c.rawId), type: c.type, response, clientExtensionResults: c.getClientExtensionResults() });
};
document.querySelectorAll('form[data-passkey]').forEach(f => {
  f.hidden = false;
  const say = f.querySelector('[role=status]'), in_ = f.elements;
  f.addEventListener('submit', async e => {
    e.preventDefault(); say.textContent = '';
    try {
      const r = await fetch(f.dataset.passkey, { method: 'POST', body: new URLSearchParams(new FormData(f)), credentials: 'same-origin' });
      if (!r.ok) throw r.status;
      const q = await r.json();
      if (q.say) { say.textContent = q.say; return; }
      in_.antwoord.value = told(await ask(q.options.publicKey)); in_.vraag.value = q.vraag;
      f.submit();
    } catch { say.textContent = f.dataset.failed; }
  });
});
})();
