// Every page in every size, theme and direction: no accessibility fault, no sideways scrolling, no weight over budget.
// The pages are found as their visitors find them, by following links from the first page on, one page for each door; the
// test says which doors there are, and a door that nobody reached must be named below with its reason.
const zlib = require('zlib');
const { base, open, signIn, fair } = require('lib');

// Where each visitor begins. Beside the first page stand those that only a form leads to.
const staff = {
  'u-amira': ['/vandaag', '/zoeken?q=sel', '/dossiers/elders', '/dossier/p-selam', '/dossier/p-selam/juridisch/vastleggen/decision',
    '/termijn?zaak=asylum&gebeurtenis=decision&law=VW-OLD&reken=1&sure=exact&day=2026-11-02&how=sent&outcome=rejected&route=unknown',
    '/termijn?zaak=asylum&gebeurtenis=decision&law=day&reken=1&day=x', '/termijn/los?reken=1&day=2026-11-13&term=P6W%7Croll%3DATW', '/stijlgids', '/meer', '/nergens', '/dossier/p-giorgi/terugkeer',
    '/dossier/p-mebrahtu/gezin/voogd', '/dossier/p-reem/gehoor/iv-reem-1/mee', '/vertalen/ti/pagina/portal.home'],
  'u-ria': ['/vandaag', '/spreekuur', '/voorlichting/sessie/bs-today/aanwezig'],
  'u-marwan': ['/vandaag', '/regels/voorstel?regel=old-appeal-week'],
  'u-noor': ['/vandaag'],
  'u-els': ['/klachten/termijnen'],
  'u-beheer': ['/vandaag', '/organisatie'],
  'u-pieter': ['/vandaag'],
  'o-voorbeeld': ['/advocaat', '/advocaat/rp-selam'], // a lawyer, from outside
};
const guest = ['/inloggen', '/taal', '/mijn/inloggen'];

// unseen are doors that lead to no page of their own, or that another test looks at.
const unseen = {
  'app.front': 'sends on', 'knelpunt.urgent': 'sends on', 'knelpunt.photo': 'the picture on knelpunt.signal', 'contact.start': 'sends on', 'app.health': 'plain text',
  'information.sound': 'a recording', 'translation.sound_hear': 'a recording', 'translation.listen': 'a recording', 'app.kept': 'the story looks at it', 'app.kept_own': 'the same page as app.kept', 'app.kept_outside': 'the same page as app.kept', 'account.second': 'the test of passkeys looks at it',
  'feedback.mine_voice': 'a recording', 'feedback.note_voice': 'a recording', 'feedback.complaint_voice': 'a recording',
  'question.own_file': 'a recording or a photo', 'question.file': 'a recording or a photo',
  'question.letter': 'the story of a letter looks at it', 'rights.fetch': 'a file', 'translation.report': 'after a file came back; the tests of translation look at it',
  'portal.keys': 'only where the house has a name; key.js looks at it', 'portal.worker': 'a script', 'portal.copy_asks': 'plain text', 'portal.read': 'on a telephone with a reading copy; copy.js looks at it',
  'evidence.preview': 'the picture on evidence.document', 'family.child': 'for a parent who signs in; the tests of family look at it',
  'identity.ask': 'after a question that found somebody; the tests of identity look at it', 'alarm.review': 'after an alarm has ended; the tests of alarm look at it',
};

const sizes = (process.env.SHORT ? [[1280, 900], [390, 844]] : [[1280, 900], [390, 844], [320, 640]]);
const phone = [[390, 844]], both = ['light', 'dark'], more = ['en', 'fa', 'ti', 'tr', 'so', 'uk', 'fr'];
let turn = 0;
const ownOnly = process.env.REISGEZEL_LONG === 'own'; // at night's depth, and only what is the refugee's
// views are the looks at a page that nobody saw before. At night the refugee's pages are looked at in every language and theme on a
// telephone, in two languages in every size, as a colleague's; by day colours are looked at in one size, and of seven languages each page gets the next two.
function views(own) {
  if (process.env.REISGEZEL_LONG) return (own ? ['nl', 'ar', ...more] : ['nl', 'ar']).map(lang => ({ lang, themes: both, at: more.includes(lang) ? sizes.filter(([w]) => w < 1280) : sizes }));
  if (!own) return [{ lang: 'nl', themes: ['light'], at: sizes }, { lang: 'nl', themes: ['dark'], at: phone }, { lang: 'ar', themes: ['light'], at: sizes.slice(0, 2) }];
  return ['nl', 'ar'].map(lang => ({ lang, themes: both, at: sizes })).concat([0, 1].map(() => ({ lang: more[turn++ % more.length], themes: ['light'], at: phone })));
}
const doors = JSON.parse(process.env.DOORS).map(d => ({ ...d, wild: (d.path.match(/\{/g) || []).length,
  fits: new RegExp('^' + d.path.replace('{$}', '').replace(/\{[^}]+\}/g, '[^/]+') + '$') })).sort((a, b) => a.wild - b.wild);
const doorOf = path => doors.find(d => d.fits.test(path));

(async () => {
  const { browser, person, faults } = await open();
  let runs = 0, heaviest = 0;
  const reached = new Set();
  // second gives a visitor a second tab, so that the dark is looked at beside the light.
  const tabs = new Map();
  async function second(page) {
    if (!tabs.has(page)) tabs.set(page, await page.context().newPage());
    return tabs.get(page);
  }
  async function look(page, path, lang, themes = both, at = sizes) {
    await Promise.all(themes.map(async (theme, k) => {
      const tab = k ? await second(page) : page;
      const r = await tab.goto(base + path + (path.includes('?') ? '&' : '?') + 'taal=' + lang);
      if (!k) {
        const weight = zlib.gzipSync(await r.body()).length;
        heaviest = Math.max(heaviest, weight);
        if (weight > 14 * 1024) faults.push(`${path} weighs ${weight} bytes packed`);
      }
      await tab.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      for (const [width, height] of at) {
        await tab.setViewportSize({ width, height });
        runs++;
        await fair(tab, `${path} ${lang} ${theme} ${width}`, faults);
      }
    }));
  }
  // walk follows links from some pages on, through each door once for each visitor. A page is looked at in full the first
  // time that anybody reaches it; who comes later may see other parts of it, so it is looked at once more.
  async function walk(page, begin, own = false) {
    const queue = [...begin], asked = new Set(begin), opened = new Set();
    while (queue.length) {
      const path = queue.shift(), door = doorOf(path.split('?')[0]);
      if (!begin.includes(path) && (!door || opened.has(door.name))) continue;
      const r = await page.request.get(base + path, { maxRedirects: 0 });
      if (door && r.status() === 200) opened.add(door.name);
      if (!(r.headers()['content-type'] || '').startsWith('text/html') || (r.headers()['content-disposition'] || '').startsWith('attachment')) {
        if (door && r.status() === 200) reached.add(door.name); // a picture or a file
        continue;
      }
      if (door && reached.has(door.name) && !begin.includes(path)) await look(page, path, 'nl', ['dark'], phone);
      else for (const { lang, themes, at } of views(own)) await look(page, path, lang, themes, at);
      if (door) reached.add(door.name);
      for (const href of await page.locator('a[href^="/"]').evaluateAll(as => as.map(a => a.getAttribute('href')))) {
        const clean = href.replace(/[?&]taal=\w+/, '').split('#')[0];
        if (!asked.has(clean)) { asked.add(clean); queue.push(clean); }
      }
    }
  }
  const out = await person();
  await walk(out, guest, true);

  const selam = await person();
  await selam.goto(base + '/mijn/inloggen?taal=nl');
  await selam.fill('#f-code', 'TREE3479');
  await selam.click('main form button');
  await selam.fill('#f-nieuw', '27182');
  await selam.fill('#f-pin2', '27182');
  await selam.locator('form', { has: selam.locator('input[name=eerste]') }).locator('button').click();
  await selam.waitForURL('**/mijn');
  await selam.goto(base + '/mijn/gegevens/klopt-niet?wat=phone');
  await selam.fill('[name=text]', 'Dit nummer is van vroeger.'); // for the page on which her caseworker reads it
  await selam.click('main form:has([name=text]) button');
  await walk(selam, ['/mijn', '/mijn/gezin'], true);
  for (const lang of more) await look(selam, '/mijn', lang);

  // before makes the few pages that are there only after something was done.
  const before = {
    'u-ria': async page => {
      await page.goto(base + '/voorlichting/sessie/bs-today/aanwezig');
      await page.locator('button[name=came][value=came]').first().click(); // so that there is somebody who can say what was understood
      await page.waitForLoadState();
      await page.goto(base + '/spreekuur');
      await page.locator('button:has-text("Begin spreekuur")').first().click();
      await page.click('summary:has-text("zonder dossier")');
      await page.click('button:has-text("In de rij zetten")');
      await page.waitForLoadState();
      await page.locator('button:has-text("Helpen")').last().click();
      await page.waitForURL('**/spreekuur/contact/**');
      await look(page, new URL(page.url()).pathname, 'nl');
      reached.add(doorOf(new URL(page.url()).pathname).name);
    },
    'u-amira': async page => {
      await page.goto(base + '/dossier/p-selam/contact');
      for (const [n, v] of [['topic', 'asylum'], ['done', 'read'], ['next', 'ready']]) await page.check(`input[name=${n}][value=${v}]`, { force: true });
      await page.click('button:has-text("Opslaan"):not(:has-text("volgende"))');
      await page.waitForURL(u => !u.pathname.endsWith('/contact'));
      await page.goto(base + '/pilots'); // only a plan that has not begun can be written anew
      await walk(page, [await page.locator('main a:has-text("Dertig bedden")').first().getAttribute('href')]);
    },
    'u-beheer': async page => {
      await page.goto(base + '/inlezen');
      await page.setInputFiles('input[name=file]', { name: 'mensen.csv', mimeType: 'text/csv', buffer: Buffer.from('Voornaam;Geboortedatum\nNasrin;31-02-1990\nZohra;1979\n') });
      await page.click('button:has-text("Bekijk het bestand")');
      await page.selectOption('select[name=source]', { index: 1 });
      await page.click('form.form >> button.btn:not(.btn--quiet)');
      for (let i = 0; i < 60 && !(await page.innerText('body')).includes('1 rij met een fout'); i++) { await page.waitForTimeout(250); await page.goto(page.url()); }
      await page.goto(base + '/organisatie/collega/u-jan');
      await page.locator('main form[action$="/uitnodigen"] button').click();
      await page.waitForLoadState();
      await walk(out, [(await page.content()).match(/\/uitnodiging\/[\w-]+/)[0]]);
    },
  };
  for (const who of ownOnly ? [] : Object.keys(staff)) {
    const page = await person();
    await signIn(page, who);
    if (before[who]) await before[who](page);
    await walk(page, staff[who]);
    for (const path of staff[who].slice(0, 2)) await look(page, path, 'en', both, phone);
    await page.context().close();
  }
  if (!ownOnly) for (const d of doors) if (!reached.has(d.name) && !unseen[d.name]) faults.push(`nobody reached ${d.name} (${d.path})`);
  if (!ownOnly) for (const name of Object.keys(unseen)) if (reached.has(name) || !doors.some(d => d.name === name)) faults.push(`${name} need not be excused`);
  console.log(`${runs} looks at ${reached.size} doors, the heaviest page is ${heaviest} bytes packed`);
  if (faults.length) { console.error([...new Set(faults)].join('\n')); process.exit(1); }
  await browser.close();
})().catch(e => { console.error(e.message); process.exit(1); });
