// A refugee speaks a question in Arabic on a telephone, hears it before it is sent, and photographs a letter on a telephone
// without a script; her caseworker hears and reads them, answers, explains the letter and brings its day to the procedure; she
// is told that there is an answer, and not what it says.
const { base, open, signIn, must, sees, seesNot, fair } = require('lib');

(async () => {
  const { browser, person, faults } = await open([], ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
  const step = s => console.log('– ' + s);
  const phone = { viewport: { width: 390, height: 844 }, permissions: ['microphone'] };
  const enter = async (page, first) => {
    await page.goto(base + '/mijn/inloggen?taal=ar');
    await page.fill('#f-code', 'REEM3479');
    await page.click('main form button');
    if (first) {
      await page.fill('#f-nieuw', '39174');
      await page.fill('#f-pin2', '39174');
      await page.locator('form', { has: page.locator('input[name=eerste]') }).locator('button').click();
    } else {
      await page.locator('main form').first().locator('input[type=password]').fill('39174');
      await page.locator('main form').first().locator('button').click();
    }
    await page.waitForURL(u => u.pathname === '/mijn');
  };
  const plays = page => page.evaluate(() => new Promise(done => {
    const a = document.querySelector('main audio');
    a.muted = true; a.oncanplay = () => done(true); a.onerror = () => done(a.error.message); a.load();
  }));

  step('she speaks, and hears it before it is sent');
  const reem = await person(phone);
  await enter(reem, true);
  await reem.click('main a[href="/mijn/vraag"]');
  must(await reem.getAttribute('html', 'dir') === 'rtl', 'the page does not run from right to left');
  must(await reem.locator('#kies-geluid').isHidden(), 'the field for a file stands beside the button that records');
  await fair(reem, 'asking', faults);
  await reem.fill('#f-tekst', 'عن المدرسة');
  await reem.click('[data-record] button');
  await reem.waitForTimeout(1500);
  await reem.click('[data-record] button');
  await reem.waitForURL('**gezegd=question.said.held');
  must(await reem.inputValue('#f-tekst') === 'عن المدرسة', 'what was written is lost');
  must(await plays(reem) === true, 'the recording does not play');
  await fair(reem, 'hearing it', faults);
  await reem.locator('main form button.btn--wide[type=submit]').last().click();
  await reem.waitForURL('**/mijn/berichten/**');
  await sees(reem, 'بانتظار الجواب');
  const voice = new URL(reem.url()).pathname.split('/').pop();

  step('on a telephone without a script she photographs a letter');
  const plain = await person({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
  await enter(plain, false);
  await plain.goto(base + '/mijn/brief');
  await plain.setInputFiles('#f-file', process.env.LETTER);
  await plain.click('button[name=bij]');
  await plain.waitForURL('**gezegd=question.said.held');
  must(await plain.locator('main img.paper').count() === 1, 'the photograph is not shown before it is sent');
  await plain.locator('main form button.btn--wide[type=submit]').last().click();
  await plain.waitForURL('**/mijn/berichten/**');
  const letter = new URL(plain.url()).pathname.split('/').pop();

  step('her caseworker finds both on Vandaag, without a word of them');
  const amira = await person();
  await signIn(amira, 'u-amira');
  await amira.goto(base + '/vragen');
  await sees(amira, 'Vraag van Reem');
  await sees(amira, 'Brief van Reem');
  await seesNot(amira, 'عن المدرسة');
  await fair(amira, 'the list', faults);
  await amira.goto(base + '/dossier/p-reem/vraag/' + voice);
  await sees(amira, 'عن المدرسة');
  must(await plays(amira) === true, 'the recording does not play for her caseworker');
  await fair(amira, 'the question', faults);
  await amira.fill('#f-gehoord', 'Ze vraagt of haar dochter naar school kan.');
  await amira.fill('#f-antwoord', 'Ja, dat kan vanaf maandag.');
  await amira.fill('#f-vertaling', 'نعم، ابتداءً من يوم الاثنين.');
  await amira.locator('label', { hasText: 'een tolk' }).click();
  await amira.click('text=Antwoord versturen');
  await amira.waitForURL('**/vragen?**');

  step('she explains the letter, and its day goes to the procedure');
  await amira.goto(base + '/dossier/p-reem/vraag/' + letter);
  await amira.click('main a[href$="/brief"]');
  must(await amira.locator('main img.paper').evaluate(i => i.complete && i.naturalWidth > 100), 'the letter cannot be seen');
  await fair(amira, 'explaining', faults);
  await amira.locator('label', { hasText: 'Vraag om papieren' }).click();
  await amira.fill('#f-van', 'gemeente Voorbeeldstad');
  await amira.fill('#f-dag', '2026-11-20');
  await amira.fill('#f-voor', '2026-12-10');
  await amira.fill('#f-antwoord', 'Stuur twee papieren op.');
  await amira.fill('#f-vertaling', 'أرسل ورقتين.');
  await amira.locator('label', { hasText: 'een tolk' }).click();
  await amira.click('text=Uitleg versturen');
  await amira.waitForURL('**/vraag/' + letter + '?**');
  await sees(amira, 'gemeente Voorbeeldstad');
  await amira.click('text=Leg vast in de procedure');
  if (!await amira.locator('main a[href*="day=2026-11-20"][href*="/gebeurtenis"], main a[href*="day=2026-11-20"]').count()) must(false, 'the day is not carried on');
  await amira.locator('main a[href*="day=2026-11-20"]').first().click();
  if (!await amira.locator('#f-day').count()) await amira.locator('main a[href*="day=2026-11-20"]').first().click();
  must(await amira.inputValue('#f-day') === '2026-11-20', 'the form does not know the day of the letter');

  step('she is told that there are answers, and reads them in her language');
  await reem.goto(base + '/mijn');
  await sees(reem, 'هناك جواب لك');
  await seesNot(reem, 'ابتداءً من يوم الاثنين');
  await reem.click(`main a[href="/mijn/berichten/${voice}"]`);
  await sees(reem, 'نعم، ابتداءً من يوم الاثنين.');
  await fair(reem, 'the answer', faults);
  await reem.goto(base + '/mijn/brief');
  await sees(reem, 'أرسل ورقتين.');
  await sees(reem, 'donderdag 10 december');
  await fair(reem, 'her letters', faults);

  await browser.close();
  must(!faults.length, faults.join('\n'));
})().catch(e => { console.error(e); process.exit(1); });
