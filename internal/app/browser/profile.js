// What a telephone keeps after somebody signed out: nothing of them. A refugee signs in in a browser with a profile on disk, reads
// every page of their own, asks something, leaves words in a form, and signs out; then every file of the profile is searched for
// what she read and wrote, as it lies there and unpacked. LEAKY is the same house through a door that lets pages be kept: there the
// search must find her, or it finds nothing anywhere.
const { base, flags, must, chromium } = require('lib');
const fs = require('fs'), os = require('os'), path = require('path');
const { finds } = require('disk');

const asked = 'Pinguin-Zevenster mag mijn broer ook komen', left = 'Kwartel-Noorderlicht nog niet af';

// day is somebody's visit. It gives what they saw of themselves: those words are searched for.
async function day(base, profile, first, most) {
  const context = await chromium.launchPersistentContext(profile, { executablePath: process.env.CHROMIUM, args: flags, locale: 'nl-NL',
    viewport: { width: 390, height: 844 }, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  const page = context.pages()[0];
  page.setDefaultTimeout(10000);
  const titles = new Set(), read = new Set(), seen = [];
  await page.goto(base + '/mijn/inloggen?taal=nl');
  await page.fill('#f-code', 'TREE3479');
  await page.click('main form button');
  if (first) {
    await page.fill('#f-nieuw', '27182');
    await page.fill('#f-pin2', '27182');
    await page.locator('form', { has: page.locator('input[name=eerste]') }).locator('button').click();
  } else {
    await page.fill('#f-pin', '27182');
    await page.locator('form', { has: page.locator('#f-pin') }).locator('button').click();
  }
  await page.waitForURL('**/mijn');
  await page.goto(base + '/mijn/vraag');
  await page.fill('#f-tekst', asked);
  await page.locator('main form button.btn--wide[type=submit]').last().click();
  await page.waitForURL('**/mijn/berichten/**');
  for (const queue = ['/mijn', '/mijn/gezin', new URL(page.url()).pathname]; queue.length && read.size < most;) {
    const at = queue.shift();
    if (read.has(at)) continue;
    read.add(at);
    const r = await page.goto(base + at).catch(() => null); // a file is saved, not shown
    if (!r || !(r.headers()['content-type'] || '').startsWith('text/html')) continue;
    titles.add(await page.title());
    seen.push(await page.innerText('main'));
    for (const href of await page.locator('a[href^="/mijn"]').evaluateAll(as => as.map(a => a.getAttribute('href').split('#')[0]))) if (!/[?&]taal=/.test(href)) queue.push(href);
  }
  await page.goto(base + '/mijn/vraag');
  await page.fill('#f-tekst', left);
  await page.waitForTimeout(1500); // a browser writes down now and then what stands in a form, for after a crash
  await page.goto(base + '/mijn/instellingen');
  await page.click('main form[action="/mijn/uitloggen"] button');
  await page.waitForURL('**/mijn/inloggen**');
  must(await page.locator('#f-code').count() === 1, 'after signing out the telephone still knows who it was');
  for (let i = 0; i < 3; i++) {
    await page.goBack().catch(() => null);
    const text = await page.innerText('body');
    must(!text.includes('Selam') && !text.includes(left), `"back" shows ${page.url()} of who signed out`);
  }
  await page.goto(base + '/mijn/inloggen?taal=nl');
  await context.close();
  return { titles: [...titles], read: read.size, seen: seen.join('\n') };
}

(async () => {
  const at = fs.mkdtempSync(path.join(os.tmpdir(), 'profile-'));
  try {
    const needles = ['Selam', 'Tesfay', 'ሰላም', '2819940173', '281 994 0173', '612345678', 'Amira', asked, left, 'Kanaleneiland'];
    const out = await day(base, path.join(at, 'a'), true, 40);
    must(out.read > 20, `only ${out.read} pages were read`);
    const worn = needles.filter(n => out.seen.includes(n));
    for (const n of ['Selam', 'Amira', asked]) must(worn.includes(n), `"${n}" was on no page: the search would prove nothing`);
    const names = out.titles.filter(t => t !== 'Reisgezel');
    must(names.length === 0, `titles that say more than the name of the house: ${names}`);
    const found = finds(path.join(at, 'a'), needles);
    console.log(`${out.read} pages were read; ${found.files} files (${found.packed} packed pieces) hold nothing of ${worn.length} words that were on them`);
    must(found.hits.length === 0, 'left behind on the telephone:\n' + found.hits.join('\n'));

    await day(process.env.LEAKY, path.join(at, 'b'), false, 6);
    const leaks = finds(path.join(at, 'b'), needles);
    for (const n of ['Selam', 'Amira', asked]) must(leaks.hits.some(h => h.startsWith(`"${n}"`)), `"${n}" lies in a profile that kept pages, and was not found: the search is blind`);
    console.log(`where pages may be kept ${leaks.hits.length} places give them away`);
  } finally {
    fs.rmSync(at, { recursive: true, force: true });
  }
})().catch(e => { console.error(e.message); process.exit(1); });
