// The lock of a telephone in place of card and PIN, with an authenticator of the browser's own. The test sends the name of a step on a
// line of its own and waits for "ok"; between the steps it changes the house.
const { base, open, must, sees, play, axe } = require('lib');

(async () => {
  const { browser, person, faults } = await open();
  const page = await person({ viewport: { width: 390, height: 844 } });
  page.on('pageerror', e => faults.push(String(e)));
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true,
    hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
  const key = 'form[data-passkey] button', at = path => page.waitForURL(u => u.pathname === path);
  const out = async () => {
    await page.goto(base + '/mijn/instellingen');
    await page.click('main form[action="/mijn/uitloggen"] button');
    await at('/mijn/inloggen');
  };
  const card = async first => {
    await page.goto(base + '/mijn/inloggen?taal=nl');
    await page.fill('#f-code', 'TREE3479');
    await page.locator('main form', { has: page.locator('#f-code') }).locator('button').click();
    await page.locator(first ? '#f-nieuw' : '#f-pin').waitFor();
    if (first) { await page.fill('#f-nieuw', '27182'); await page.fill('#f-pin2', '27182'); } else await page.fill('#f-pin', '27182');
    await page.locator('main form', { has: page.locator(first ? '#f-nieuw' : '#f-pin') }).locator('button').click();
    await at('/mijn');
  };
  const make = async () => {
    await page.goto(base + '/mijn/instellingen/slot');
    await page.fill('#f-pin', '27182');
    await page.check('#f-alleen');
    await page.click(key);
    await page.waitForURL('**gezegd=portal.said.key');
  };
  const refused = async () => {
    await page.goto(base + '/mijn/inloggen?taal=nl');
    await page.click(key);
    await at('/mijn/inloggen/slot/in');
    await sees(page, 'Log in met uw kaart en uw pincode');
    must(await page.locator('#f-code').count() === 1, 'there is no way on with a card');
    await page.goto(base + '/mijn');
    await at('/mijn/inloggen');
  };
  const steps = {
    async make() {
      await card(true);
      await page.goto(base + '/mijn/instellingen/slot');
      for (const fault of await axe(page, cdp)) throw new Error(fault);
      const says = text => page.locator('[data-passkey] [role=status]', { hasText: text }).waitFor();
      await page.fill('#f-pin', '27182'); await page.click(key); await says('alleen u');
      await page.check('#f-alleen'); await page.fill('#f-pin', '9173'); await page.click(key); await says('niet uw pincode');
      await make();
      await sees(page, 'Telefoons die u zo binnenlaten');
      const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
      must(credentials.length === 1 && credentials[0].isResidentCredential, 'the telephone cannot find the key by itself');
      must(!/selam|tesfay|vlucht/i.test(JSON.stringify(credentials[0])), 'the telephone shows more than the name of the house');
    },
    async enter() {
      await out();
      let sent = '';
      page.on('request', r => { if (r.method() === 'POST' && r.url().endsWith('/slot/in')) sent = r.postData(); });
      await page.goto(base + '/mijn/inloggen?taal=nl&verder=%2Fmijn%2Fafspraken');
      for (const fault of await axe(page, cdp)) throw new Error(fault);
      await page.click(key);
      await at('/mijn/afspraken');
      must(sent.includes('antwoord='), 'the answer was not seen');
      await out();
      const code = await page.evaluate(async b => (await fetch('/mijn/inloggen/slot/in', { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: b })).status, sent);
      must(code === 422, `the same answer a second time: ${code}`);
      await page.goto(base + '/mijn');
      await at('/mijn/inloggen');
    },
    async ended() {
      await card(false);
      await page.goto(base + '/mijn/instellingen/slot');
      await page.click('form[action$="/slot/stop"] button');
      await page.waitForURL('**gezegd=portal.said.nokey');
      await out();
      await refused();
      await card(false);
      await make();
      await out();
    },
    refused,
    async unverified() { // a telephone that did not ask for finger, face or code
      await page.goto(base + '/mijn/inloggen?taal=nl');
      await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
      await page.click(key);
      await page.locator('[data-passkey] [role=status]', { hasText: 'lukte niet' }).waitFor();
      await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
    },
  };
  await play(steps, page, faults);
  await browser.close();
})();
