// A passkey in a real browser: set up as the second step, then enough on its own, and worth nothing when its owner has left.
// The test sends the name of a step on a line of its own and waits for "ok"; between the steps it changes the house.
const { base, open, axe, play } = require('lib');

(async () => {
  const { browser, person, faults } = await open();
  const page = await person();
  page.on('pageerror', e => faults.push(String(e)));
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true,
    hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });

  const key = 'form[data-passkey] button';
  const at = path => page.waitForURL(u => u.pathname === path);
  const password = async () => {
    await page.fill('#f-email', 'amira@reisgezel.example');
    await page.fill('#f-wachtwoord', process.env.PASSWORD);
    await page.click('form[action="/inloggen"] button');
  };
  const out = async () => {
    await page.goto(base + '/account');
    await page.click('main form[action="/uitloggen"] button');
    await at('/inloggen');
  };
  const steps = {
    async setup() {
      await page.goto(base + '/inloggen?verder=%2Fver%2Fweg');
      await password();
      await at('/inloggen/tweede-stap');
      await page.fill('#f-naam', 'Laptop van Amira');
      await page.click(key);
      await page.click('form[action="/account/herstelcodes/bewaard"] button');
      await at('/ver/weg');
      await page.goto(base + '/account');
      if (!(await page.innerText('main')).includes('Laptop van Amira')) throw new Error('the passkey is not listed');
    },
    async alone() {
      await out();
      await page.goto(base + '/inloggen?verder=%2Fver%2Fweg');
      await page.click(key);
      await at('/ver/weg');
    },
    async second() {
      await out();
      await password();
      await at('/inloggen/code');
      for (const fault of await axe(page, cdp)) throw new Error(fault);
      await page.click(key);
      await at('/');
    },
    async last() {
      await page.goto(base + '/account');
      await page.click('form[action^="/account/sleutel/"] button');
      await page.waitForLoadState();
      await page.goto(base + '/account');
      if (await page.locator('form[action$="/terug"]').count()) throw new Error('the only second step was taken away');
    },
    async left() {
      await page.goto(base + '/inloggen');
      await page.click(key);
      await at('/inloggen/sleutel');
      if (!await page.locator('#fouten').count()) throw new Error('who left is told nothing');
      await page.goto(base + '/ver/weg');
      await at('/inloggen');
    },
  };
  await play(steps, page, faults);
  await browser.close();
})();
