// Every page in every size, theme and language that matters: no accessibility fault, no sideways scrolling, no weight over budget.
const zlib = require('zlib');
const { base, open, signIn, axe } = require('lib');

const staff = {
  'u-amira': ['/vandaag', '/dossiers', '/zoeken?q=sel', '/dossiers/nieuw', '/dossier/p-selam', '/dossier/p-selam/gegevens', '/dossier/p-selam/gegevens/eerder',
    '/dossier/p-selam/begeleiders', '/dossier/p-selam/kaart', '/dossier/p-selam/contact', '/dossier/p-selam/afspraak', '/dossier/p-selam/juridisch',
    '/dossier/p-selam/juridisch/vastleggen', '/dossier/p-selam/juridisch/vastleggen/decision', '/dossier/p-selam/portaal', '/dossier/p-selam/inzage', '/opvolgen', '/agenda',
    '/wie-mag-wat', '/meer', '/account', '/stijlgids', '/nergens'],
  'u-ria': ['/vandaag', '/spreekuur'],
  'u-noor': ['/noodtoegang', '/vandaag'],
  'u-beheer': ['/organisatie', '/organisatie/inrichten', '/organisatie/team/t-utrecht', '/organisatie/locatie/l-overvecht', '/organisatie/locatie/l-overvecht/wijzigen',
    '/inlezen', '/organisatie/diensten', '/organisatie/diensten/nieuw', '/organisatie/lijsten', '/organisatie/collegas', '/organisatie/collegas/nieuw', '/organisatie/collega/u-ria',
    '/organisatie/collega/u-ria/wijzigen', '/organisatie/collega/u-ria/functie?rol=desk&team=t-utrecht', '/organisatie/collega/u-ria/vervanger'],
  'u-pieter': ['/toezicht', '/toezicht/logboek', '/vandaag'],
};
const portal = ['/mijn', '/mijn/afspraken', '/mijn/inzage', '/mijn/gegevens', '/mijn/instellingen'];
const open_ = ['/inloggen', '/taal', '/mijn/inloggen'];
const sizes = (process.env.SHORT ? [[1280, 900], [390, 844]] : [[1280, 900], [390, 844], [320, 640]]);

(async () => {
  const { browser, person, faults } = await open();
  let runs = 0, heaviest = 0;
  async function look(page, path, lang) {
    const r = await page.goto(base + path + (path.includes('?') ? '&' : '?') + 'taal=' + lang);
    const weight = zlib.gzipSync(await r.body()).length;
    heaviest = Math.max(heaviest, weight);
    if (weight > 14 * 1024) faults.push(`${path} weighs ${weight} bytes packed`);
    for (const theme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height });
        runs++;
        for (const v of await axe(page)) faults.push(`${path} ${lang} ${theme} ${width}: ${v}`);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (over > 0) faults.push(`${path} ${lang} ${theme} ${width}: scrolls ${over} px sideways`);
      }
    }
  }
  for (const who of Object.keys(staff)) {
    const page = await person();
    await signIn(page, who);
    if (who === 'u-ria') { await page.goto(base + '/spreekuur'); const b = page.locator('button:has-text("Begin spreekuur")'); if (await b.count()) await b.first().click(); }
    for (const path of staff[who]) await look(page, path, 'nl');
    for (const path of staff[who].slice(0, 2)) await look(page, path, 'en');
    await page.context().close();
  }
  const guest = await person();
  for (const path of open_) for (const lang of ['nl', 'ar']) await look(guest, path, lang);
  const selam = await person();
  await selam.goto(base + '/mijn/inloggen?taal=nl');
  await selam.fill('#f-code', 'TREE3479');
  await selam.click('main form button');
  await selam.fill('#f-nieuw', '27182');
  await selam.fill('#f-pin2', '27182');
  await selam.locator('form', { has: selam.locator('input[name=eerste]') }).locator('button').click();
  await selam.waitForURL('**/mijn');
  for (const path of portal) for (const lang of ['nl', 'ar']) await look(selam, path, lang);
  for (const lang of ['en', 'fa', 'ti', 'tr', 'so', 'uk', 'fr']) await look(selam, '/mijn', lang);
  console.log(`${runs} looks, the heaviest page is ${heaviest} bytes packed`);
  if (faults.length) { console.error([...new Set(faults)].join('\n')); process.exit(1); }
  await browser.close();
})().catch(e => { console.error(e.message); process.exit(1); });
