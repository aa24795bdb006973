// What the script of the pages does in a real browser, and the styleguide under the accessibility checker.
const { base, open, fair } = require('lib');

const faults = [];
let checks = 0;
function must(ok, what) { checks++; if (!ok) faults.push(what); }

(async () => {
  const { browser, person } = await open(faults);
  const page = await person();
  const context = page.context();
  page.on('pageerror', e => faults.push('the script fell over: ' + e.message));
  await page.goto(base + '/webtest');
  await page.evaluate(() => fetch('/webtest/u-amira', { method: 'POST' }));
  const focus = () => page.evaluate(() => document.activeElement.id || document.activeElement.tagName);
  const status = want => page.waitForFunction(w => document.querySelector('[data-say]').textContent === w, want).then(() => must(true), () => must(false, `the status never said "${want}"`));

  // Drafts and suggestions: the answer is shown, a fault or a sign-in page never is.
  await page.goto(base + '/form');
  await page.fill('#f-name', 'Sel');
  await status('Bewaard: Sel');
  must((await page.innerText('#suggesties')).includes('Lijkt op'), 'no suggestions were shown');
  for (const how of ['broken', 'out']) {
    await page.goto(base + '/form?how=' + how);
    await page.fill('#f-name', 'Sel');
    await status('Niet bewaard');
    must(await page.innerText('#suggesties') === '', how + ': a page was shown as suggestions');
  }
  await page.goto(base + '/form');
  await page.route('**/draft*', r => r.abort());
  await page.fill('#f-name', 'Sel');
  await status('Niet bewaard');
  await page.unroute('**/draft*');

  // A draft does not overtake the form: none is sent after it, and one on its way is called back.
  let drafts = 0; const held = [];
  await page.route('**/draft*', r => { drafts++; held.push(r); });
  await page.goto(base + '/form');
  await page.fill('#f-name', 'Sel');
  await page.click('main form button[type=submit]');
  await page.waitForURL('**/sent');
  must(drafts === 0, 'a draft was sent beside the form');
  await page.goto(base + '/form');
  const failed = page.waitForEvent('requestfailed', r => r.url().includes('/draft')).then(() => true, () => false);
  const asked = page.waitForRequest('**/draft*');
  await page.fill('#f-name', 'Selam');
  await asked;
  await page.click('main form button[type=submit]');
  must(await failed, 'a draft on its way was not called back');
  await page.waitForURL('**/sent');
  await page.unroute('**/draft*');

  // Shortcuts.
  await page.goto(base + '/form');
  await page.keyboard.press('/');
  must(await focus() === 'q', '/ does not lead to the search field');
  await page.keyboard.type('n2');
  must(await page.inputValue('#q') === 'n2', 'a letter in a field acts as a shortcut');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('2');
  must(await page.isChecked('[name=topic][value="2"]'), 'a digit chooses no tile');
  await page.keyboard.press('?');
  must(await page.isVisible('#toetsen .keys'), '? does not show the shortcuts');
  await page.keyboard.press('Escape');
  must(!await page.isVisible('#toetsen'), 'Escape does not close the menu');
  await page.keyboard.press('n');
  await page.waitForURL('**/record');
  await page.goto(base + '/form');
  await page.focus('#f-name');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL('**/sent');
  must(true);
  await page.goto(base + '/form');
  await page.keyboard.press('?');
  await page.click('#toetsen button');
  await page.waitForLoadState();
  must(page.url() === base + '/form', 'switching the shortcuts off leads elsewhere');
  await page.keyboard.press('n');
  await page.keyboard.press('2');
  must(page.url() === base + '/form' && !await page.isChecked('[name=topic][value="2"]'), 'the shortcuts are not off');

  // The summary of errors is read first.
  await page.goto(base + '/form?fault=1');
  must(await focus() === 'fouten', 'the summary of errors has no focus');
  must((await page.title()).length > 0, 'no title');

  // Leaving at once: nothing to go back to.
  for (const way of ['button', 'keys']) {
    await page.goto(base + '/plain');
    await page.goto(base + '/form?portal=1');
    if (way === 'button') await page.click('[data-hide-now]');
    else for (let i = 0; i < 3; i++) await page.keyboard.press('Escape');
    await page.waitForURL('**/away');
    await page.goBack();
    must(page.url() === base + '/plain', way + ': the page that was left is still in the history');
  }

  // Without a script the form and the way out still work.
  const bare = await browser.newContext({ javaScriptEnabled: false, storageState: await context.storageState() });
  const plain = await bare.newPage();
  await plain.goto(base + '/form?portal=1');
  await plain.fill('#f-name', 'Sel');
  await plain.click('main form button[type=submit]');
  must(plain.url() === base + '/sent', 'the form needs a script');
  await plain.goto(base + '/form?portal=1');
  await plain.click('[data-hide-now]');
  must(plain.url() === base + '/away', 'the way out needs a script');

  // The styleguide, in each panel and width.
  for (const part of ['nl-light', 'nl-dark', 'ar-light', 'ar-dark']) for (const width of process.env.SHORT ? [390] : [1280, 390, 320]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: part.endsWith('dark') ? 'dark' : 'light', reducedMotion: 'reduce' });
    await page.goto(base + '/stijlgids?deel=' + part);
    await fair(page, `${part} ${width}`, faults);
    checks++;
  }
  await browser.close();
  console.log(`${checks} checks`);
  const wrong = faults.filter(f => !/^503 .*how=broken/.test(f)); // that one was asked for
  if (wrong.length) { console.error(wrong.join('\n')); process.exit(1); }
})().catch(e => { console.error(e.message, faults); process.exit(1); });
