// Two volunteers sit at one desk. What the one does shows on the screen of the other, who loses nothing that is typed and
// nothing that has the focus; a screen that is left alone signs out.
const { base, open, must, sees, play } = require('lib');

(async () => {
  const { browser, person, faults } = await open();
  const volunteer = async id => {
    const page = await person();
    await page.request.post(`${base}/webtest/${id}`, { headers: { Origin: base } });
    return page;
  };
  const ria = await volunteer('u-ria'), jan = await volunteer('u-jan');
  let sent = 0;
  const does = (path, form) => jan.request.post(base + path, { headers: { Origin: base }, form: { _once: 'the-form-of-jan-' + ++sent, ...form }, maxRedirects: 0 });
  // wait lets the page's clock run past one renewal, and the answer arrive.
  const wait = async () => {
    const answer = ria.waitForResponse(r => r.request().headers()['rg-unattended'] === '1');
    await ria.clock.runFor(21000);
    await (await answer).finished();
    await ria.evaluate(() => new Promise(done => done()));
  };
  const queue = () => ria.innerText('#rij');

  const steps = {
    async renews() {
      for (const p of [ria, jan]) {
        await p.goto(base + '/spreekuur');
        await p.locator('form', { has: p.locator('input[value="d-overvecht"]') }).locator('button').click();
        await p.waitForURL('**/spreekuur');
      }
      await ria.clock.install();
      await ria.goto(base + '/spreekuur');
      await ria.fill('#f-code', 'TREE');
      await does('/spreekuur/inchecken', { how: 'card', code: 'REEM3479' });
      await wait();
      must((await queue()).includes('Reem'), 'who checked in does not show: ' + await queue());
      must((await ria.innerText('#stand')).includes('wacht'), 'the sentence does not tell it: ' + await ria.innerText('#stand'));
      must(await ria.getAttribute('#stand', 'role') === 'status', 'nobody hears it');
      must(await ria.inputValue('#f-code') === 'TREE', 'what was typed is lost');
      must(await ria.evaluate(() => document.activeElement.id) === 'f-code', 'the place was lost');
    },
    async keepsTheFocus() {
      await ria.locator('#rij button', { hasText: 'Weggegaan' }).focus();
      await does('/spreekuur/inchecken', { how: 'card', code: 'TREE3479' });
      await wait();
      must(!(await queue()).includes('Selam'), 'a queue in which somebody stands was replaced');
      must((await ria.innerText('#stand')).includes('twee'), 'the sentence stood still: ' + await ria.innerText('#stand'));
      await ria.focus('#f-code');
      await wait();
      must((await queue()).includes('Selam'), 'the queue stays behind');
    },
    async staysWhileTyped() {
      await ria.fill('#f-code', 'TREE');
      await wait();
      await ria.waitForTimeout(50);
      must(await ria.inputValue('#f-code') === 'TREE', 'what was typed is lost');
    },
    async signsOut() {
      await ria.fill('#f-code', '');
      const gone = ria.waitForURL('**/webtest*');
      await ria.clock.runFor(21000).catch(() => {}); // the page may be left while its clock runs; that is what is awaited
      await gone;
      await sees(ria, 'door');
    },
  };
  await play(steps, ria, faults);
  await browser.close();
})();
