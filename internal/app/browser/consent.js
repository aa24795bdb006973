// A refugee allows something on a telephone in Tigrinya, without a script, and sees first what it is; her caseworker shares
// exactly that; she reads the sheet and stops it; from then on nothing leaves. A colleague writes down what is said aloud.
const { base, open, signIn, must, sees, seesNot, fair } = require('lib');

(async () => {
  const { browser, person, faults } = await open();
  const step = s => console.log('– ' + s);
  const enter = async (page, code, pin) => {
    await page.goto(base + '/mijn/inloggen?taal=nl');
    await page.fill('#f-code', code);
    await page.click('main form button');
    await page.fill('#f-nieuw', pin);
    await page.fill('#f-pin2', pin);
    await page.locator('form', { has: page.locator('input[name=eerste]') }).locator('button').click();
    await page.waitForURL('**/mijn');
  };

  step('on a telephone without a script she is asked with whom, and sees each value');
  const selam = await person({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
  await enter(selam, 'TREE3479', '27182');
  await selam.goto(base + '/mijn/inzage?taal=ti');
  await selam.click('main a[href="/mijn/toestemmingen"]');
  await sees(selam, 'mr. F. Lammers');
  await selam.click('main a[href="/mijn/toestemmingen/nieuw"]');
  await selam.click('main a[href*="doel=partner"]');
  await sees(selam, 'Selam');
  must(await selam.getAttribute('html', 'lang') === 'ti', 'the page is not in her language');
  await selam.fill('[name=wie]', 'Ambassade');
  await selam.click('main form button');
  await sees(selam, 'ኤምባሲ ወይ ቆንስል ፈጺሙ ክረክብ ኣይክእልን');
  await selam.fill('[name=wie]', 'Taalhuis Overvecht');
  await selam.check('input[name=deel][value=languages]');
  await selam.click('main form button');
  await sees(selam, 'ትግርኛ');
  await seesNot(selam, '+31');
  await selam.click('main form[action="/mijn/toestemmingen"] button');
  await sees(selam, 'Taalhuis Overvecht');

  step('her caseworker shares exactly that');
  const amira = await person();
  await signIn(amira, 'u-amira');
  await amira.goto(base + '/dossier/p-selam/toestemming');
  await amira.locator('li', { hasText: 'Taalhuis Overvecht' }).locator('a').first().click();
  await fair(amira, 'what would leave', faults);
  const share = amira.url();
  await amira.click('button:has-text("Maak het blad")');
  await sees(amira, 'Gedeeld met Taalhuis Overvecht');
  for (const secret of ['281', '+31', '1991']) must(!(await amira.innerText('main')).includes(secret), secret + ' is on the sheet and was not allowed');
  await amira.emulateMedia({ media: 'print' });
  must(!(await amira.isVisible('nav')), 'the menu is printed with the sheet');
  await amira.emulateMedia({ media: 'screen' });

  step('she reads the sheet and stops it; the next press of her caseworker does nothing');
  await amira.goto(share);
  await selam.goto(base + '/mijn/toestemmingen');
  await selam.locator('li', { hasText: 'Taalhuis Overvecht' }).filter({ has: selam.locator('a[href*="/gegeven/"]') }).locator('a').first().click();
  await sees(selam, 'ትግርኛ');
  await selam.goto(base + '/mijn/toestemmingen');
  await selam.locator('li', { hasText: 'Taalhuis Overvecht' }).locator('form button').click();
  await sees(selam, 'ተቋሪጹ');
  await amira.click('button:has-text("Maak het blad")');
  await sees(amira, 'geldt niet meer');

  step('what is said aloud is read out in her language and written down');
  await amira.goto(base + '/dossier/p-selam/toestemming/nieuw?doel=municipality');
  for (const width of [1280, 390]) {
    await amira.setViewportSize({ width, height: 900 });
    await fair(amira, 'asking ' + width, faults);
  }
  await amira.fill('[name=wie]', 'Gemeente Utrecht');
  await amira.check('input[name=deel][value=name]');
  await amira.fill('[name=tolk]', '1187');
  await amira.click('main form:has([name=wie]) button');
  await sees(amira, 'ነዚ ብዛዕባይ ክፈልጥ ይፍቀዶ');
  for (const width of [1280, 390]) {
    await amira.setViewportSize({ width, height: 900 });
    await fair(amira, 'reading out ' + width, faults);
  }
  await amira.click('button:has-text("Er is ja gezegd")');
  await sees(amira, 'hardop gezegd');

  step('in Arabic, light and dark, the page before yes is for everybody');
  const reem = await person({ viewport: { width: 390, height: 844 } });
  await enter(reem, 'REEM3479', '27182');
  await reem.goto(base + '/mijn/toestemmingen/nieuw?doel=lawyer&taal=ar');
  await reem.click('main form button');
  await fair(reem, 'faults in Arabic', faults);
  await reem.fill('[name=wie]', 'mr. S. de Wit');
  await reem.check('input[name=deel][value=name]');
  await reem.click('main form button');
  await sees(reem, 'يُسمح');
  for (const colorScheme of ['light', 'dark']) {
    await reem.emulateMedia({ colorScheme });
    for (const width of [390, 320]) {
      await reem.setViewportSize({ width, height: 844 });
      await fair(reem, `before yes, ${colorScheme} ${width}`, faults);
    }
  }
  await browser.close();
  if (faults.length) { console.error([...new Set(faults)].join('\n')); process.exit(1); }
})().catch(e => { console.error(e.message); process.exit(1); });
