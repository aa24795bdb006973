// The reading copy: somebody chooses it, reads it without a network, and it goes when they sign out, when fourteen days are over, and
// when it was ended elsewhere. While it is there nobody finds its words in the profile on disk, and afterwards nothing of it at all.
const { base, flags, chromium, open, must, sees, seesNot, fair } = require('lib');
const { finds } = require('disk');
const fs = require('fs'), os = require('os'), path = require('path');
const pin = '27182', code = 'regenboog7';

const line = how => fetch(process.env.LINE + '/' + how); // off: the house does not answer any more; on: it does again

async function signIn(page, first) {
  await page.goto(base + '/mijn/inloggen?taal=nl&andere=1');
  await page.fill('#f-code', 'TREE3479');
  await page.click('main form button');
  if (first) { await page.fill('#f-nieuw', pin); await page.fill('#f-pin2', pin); } else await page.fill('#f-pin', pin);
  await page.locator('main form', { has: page.locator(first ? '#f-nieuw' : '#f-pin') }).locator('button').click();
  await page.waitForURL(u => u.pathname === '/mijn');
}

async function keep(page) {
  await page.goto(base + '/mijn/instellingen/leeskopie');
  const fill = async (p, c, c2) => { await page.fill('#f-pin', p); await page.fill('#f-code', c); await page.fill('#f-code2', c2); await page.click('[data-copy-make] button'); };
  const says = text => page.locator('[data-copy-make] [role=status]', { hasText: text }).waitFor();
  await fill(pin, '1234', '1234'); await says('minstens zes');
  await fill(pin, code, code + 'x'); await says('niet gelijk');
  await fill(pin.padEnd(6, '1'), pin.padEnd(6, '1'), pin.padEnd(6, '1')); await says('andere code dan uw pincode');
  await fill('4444', code, code); await says('niet uw pincode');
  await fill(pin, code, code);
  await page.locator('main a[href="/mijn/lezen"]').waitFor();
  await page.waitForLoadState();
}

// rests is what the telephone still has of a copy.
const rests = page => page.evaluate(async () => [...(await indexedDB.databases()).map(d => d.name), ...await caches.keys(), ...(await navigator.serviceWorker.getRegistrations()).map(r => r.scope)]);
const none = async (page, when) => { const r = await rests(page); must(r.length === 0, `${when} the telephone still has ${r}`); };
// cost is how many bytes of pages and files the house sent for a page.
const cost = async (page, at) => { await line('bytes'); await page.goto(base + at); await page.waitForTimeout(300); return Number(await (await line('bytes')).text()); };

async function reads(page) {
  await line('off');
  await page.goto(base + '/mijn');
  const form = page.locator('[data-form]');
  await form.waitFor();
  await seesNot(page, 'Amira');
  await page.fill('#f-code', 'verkeerd'); await form.locator('button').click();
  await form.locator('[role=status]', { hasText: 'niet de code' }).waitFor();
  await page.fill('#f-code', code); await form.locator('button').click();
  await page.locator('[data-parts] li').first().waitFor();
  for (const w of ['Amira', 'Uw afspraken', 'Telefoonnummers', '112', 'Dit is een kopie']) await sees(page, w);
}

(async () => {
  const { browser, person, faults } = await open();
  const step = s => console.log('– ' + s);
  const at = fs.mkdtempSync(path.join(os.tmpdir(), 'copy-')), open_ = [], needles = ['Amira', 'Marwan', 'Overvecht', '06 555 010'];
  const telephone = async () => {
    const c = await chromium.launchPersistentContext(at, { executablePath: process.env.CHROMIUM, args: flags, locale: 'nl-NL', viewport: { width: 390, height: 844 } });
    open_.push(c);
    c.pages()[0].setDefaultTimeout(15000);
    return c;
  };
  const clean = when => { const f = finds(at, needles); must(f.hits.length === 0, `${when}, in the profile: ${f.hits.join('\n')}`); };
  try {
    step('she chooses it');
    let t = await telephone(), page = t.pages()[0];
    await signIn(page, true);
    const choice = await cost(page, '/mijn/instellingen/leeskopie?taal=nl');
    console.log(`the page of the choice costs ${choice} bytes`);
    must(choice <= 10 * 1024, 'the page of the choice is too heavy on a warm telephone');
    await fair(page, 'the choice', faults);
    await keep(page);
    await fair(page, 'the list', faults);
    step('she reads it without a network');
    await reads(page);
    await fair(page, 'reading', faults);
    step('with a network it is made new');
    await line('on');
    await page.goto(base + '/mijn');
    await sees(page, 'Selam');
    const first = await cost(page, '/mijn');
    console.log(`the first page costs ${first} bytes on a telephone with a copy`);
    must(first <= 10 * 1024, 'the first page is too heavy on a telephone with a copy');
    await page.waitForTimeout(1000); // the copy is made new
    await t.close();
    clean('while there is a copy');

    step('another day, and she signs out');
    t = await telephone(); page = t.pages()[0]; // another day, without a session
    await reads(page);
    await line('on');
    await signIn(page, false);
    await page.goto(base + '/mijn/instellingen');
    await page.click('main form[action="/mijn/uitloggen"] button');
    await page.waitForURL('**/mijn/inloggen**');
    await page.waitForTimeout(300);
    await none(page, 'after signing out');
    await line('off');
    must(await page.goto(base + '/mijn').then(() => false, () => true), 'after signing out something is still read without a network');
    await line('on');
    await t.close();
    clean('after signing out');

    step('fourteen days');
    const old = await person({ viewport: { width: 390, height: 844 } });
    await signIn(old, false);
    await keep(old);
    await line('off');
    const now = Date.now();
    await old.clock.setFixedTime(now + 14.1 * 864e5);
    await old.goto(base + '/mijn');
    await old.locator('[data-none]').waitFor();
    await old.clock.setFixedTime(now);
    await old.reload().catch(() => null); // whoever puts the clock back finds nothing either
    await line('on');
    let there = false; // the page that says there is no network may still be coming, and comes in between
    for (let n = 0; n < 20 && !there; n++) there = await old.goto(base + '/mijn/inloggen').then(() => true, () => new Promise(r => setTimeout(r, 300, false)));
    must(there, 'the house does not answer again');
    must(!(await rests(old)).includes('kopie'), 'after fourteen days the copy is still there');
    await old.context().close();

    step('ended elsewhere');
    const mine = await person({ viewport: { width: 390, height: 844 } }), other = await person();
    await signIn(mine, false);
    await keep(mine);
    must((await rests(mine)).includes('kopie'), 'there was no copy to end: the test proves nothing');
    await signIn(other, false);
    await other.goto(base + '/mijn/instellingen/leeskopie');
    while (await other.locator('form[action$="/leeskopie/stop"] button').count()) {
      await other.locator('form[action$="/leeskopie/stop"] button').first().click();
      await other.waitForURL('**gezegd=portal.said.nocopy');
    }
    await mine.goto(base + '/mijn/lezen');
    await mine.locator('[data-none]').waitFor();
    await none(mine, 'after it was ended elsewhere');
    // Whoever ends the session itself from elsewhere ends the copy that was made in it.
    const gone = await person({ viewport: { width: 390, height: 844 } });
    await signIn(gone, false);
    await keep(gone);
    await other.goto(base + '/mijn/instellingen');
    while (await other.locator('form[action$="/instellingen/sessie"] button').count()) {
      await other.locator('form[action$="/instellingen/sessie"] button').first().click();
      await other.waitForURL('**gezegd=portal.said.ended**');
    }
    await gone.goto(base + '/mijn/lezen');
    await gone.locator('[data-none]').waitFor();
    await none(gone, 'after its session was ended elsewhere');

    const looks = await person(); // looking makes nothing, so nothing needs taking away, also where a page is left halfway
    await looks.addInitScript(() => { IDBFactory.prototype.deleteDatabase = () => ({ set onsuccess(f) { setTimeout(f); } }); });
    await signIn(looks, false);
    await looks.goto(base + '/mijn/lezen');
    await looks.locator('[data-none]').waitFor();
    await none(looks, 'after only looking');
    for (const l of ['ar', 'ti']) { await mine.goto(base + '/mijn/instellingen/leeskopie?taal=' + l); await fair(mine, 'the choice ' + l, faults); }

    const plain = await person({ javaScriptEnabled: false });
    await signIn(plain, false);
    await plain.goto(base + '/mijn/instellingen/leeskopie');
    must(await plain.locator('[data-copy-make]').isHidden(), 'without a script something is offered that does not work');
    must(faults.length === 0, faults.join('\n'));
  } finally {
    for (const c of open_) await c.close().catch(() => null);
    await browser.close();
    fs.rmSync(at, { recursive: true, force: true });
  }
})().catch(e => { console.error(e.message); process.exit(1); });
