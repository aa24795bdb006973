// One day of three people on telephones, against the screens of those who work for them.
// Reem speaks a question in Arabic, hears it before it is sent, and photographs a letter on a telephone without a script; her
// caseworker hears and reads them, answers, explains the letter and brings its day to the procedure; she is told that there is
// an answer, and not what it says.
// Selam asks in Tigrinya for another time, and gets one; she stops what her lawyer may see, and the next press of the lawyer finds
// nothing.
// Ahmad, in Dutch of short sentences, takes a copy of everything and opens it; nobody who helps him can.
const fs = require('fs'), os = require('os'), path = require('path');
const { base, open, signIn, must, sees, seesNot, raw, fair } = require('lib');

(async () => {
  const { browser, person, faults } = await open([], ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
  const step = s => console.log('– ' + s);
  const phone = { viewport: { width: 390, height: 844 }, permissions: ['microphone'] };
  const enter = async (page, tag, code, first) => {
    await page.goto(base + '/mijn/inloggen?taal=' + tag);
    await page.fill('#f-code', code);
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
  await enter(reem, 'ar', 'REEM3479', true);
  await reem.click('main a[href="/mijn/vraag"]');
  await reem.waitForURL('**/mijn/vraag'); // and until its script has run, which hides the field
  must(await reem.getAttribute('html', 'dir') === 'rtl', 'the page does not run from right to left');
  must(await reem.locator('#kies-geluid').isHidden(), 'the field for a file stands beside the button that records');
  await fair(reem, 'asking', faults);
  await reem.fill('#f-tekst', 'عن المدرسة');
  await reem.click('[data-record] button');
  await reem.waitForTimeout(900);
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
  await enter(plain, 'ar', 'REEM3479', false);
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
  await amira.locator('label', { hasText: /^\s*een tolk\s*$/ }).click();
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
  await amira.locator('label', { hasText: /^\s*een tolk\s*$/ }).click();
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

  step('another asks in Tigrinya for another time, without a script, and changes nothing by herself');
  const selam = await person({ ...phone, javaScriptEnabled: false });
  await enter(selam, 'ti', 'TREE3479', true);
  must(await selam.getAttribute('html', 'lang') === 'ti', 'the page is not in her language');
  await sees(selam, 'ቀጻሊ ቆጸራኹም');
  const was = await selam.innerText('section.hero');
  await selam.locator('section.hero a[href^="/mijn/afspraken/"]').click();
  await selam.fill('#f-wanneer', 'ድሕሪ ቀትሪ');
  await selam.locator('main form:has(#f-wanneer) button').click();
  await selam.waitForURL(u => u.search.includes('gezegd='));
  await selam.goto(base + '/mijn');
  await sees(selam, 'ካልእ ግዜ ሓቲትኩም');

  step('the colleague she is to meet finds it in what he is to do, and moves the appointment');
  const marwan = await person();
  await signIn(marwan, 'u-marwan');
  await marwan.goto(base + '/opvolgen');
  await sees(marwan, 'Selam vraagt een andere tijd voor de afspraak');
  await marwan.goto(base + '/dossier/p-selam/afspraak');
  const asked = marwan.locator('ul.rows > li', { hasText: 'Wil andere tijd' });
  await asked.locator('a[href*="/afspraak/"]').first().click();
  await marwan.fill('#f-day', '2026-12-03');
  await marwan.fill('#f-hour', '08:10');
  await marwan.fill('#f-minutes', '20');
  await marwan.selectOption('#f-room', '');
  await marwan.locator('main form.form button[type=submit]').last().click();
  await marwan.waitForURL('**gezegd=contact.said.moved');
  await marwan.goto(base + '/opvolgen');
  must(!await marwan.locator('li:has(form)', { hasText: 'Selam vraagt een andere tijd' }).locator('button:not(:has-text("Ongedaan"))').count(), 'what was asked and done stays open');
  await selam.goto(base + '/mijn/afspraken');
  await sees(selam, 'donderdag 3 december');
  await sees(selam, '08:10');
  await seesNot(selam, 'ካልእ ግዜ ሓቲትኩም');
  must(was !== await selam.innerText('main'), 'nothing changed');

  step('her lawyer sees what she allows; she stops it; the next press of the lawyer finds nothing, nor does anybody share it');
  const lawyer = await person();
  await signIn(lawyer, 'o-voorbeeld');
  await lawyer.locator('main ul.rows a', { hasText: 'Selam' }).first().click();
  await sees(lawyer, 'Selam');
  const client = new URL(lawyer.url()).pathname, papers = await lawyer.locator('main a[download]').evaluateAll(as => as.map(a => new URL(a.href).pathname));
  must(papers.length > 0 && (await raw(lawyer, papers[0])).startsWith('200'), 'the lawyer has no paper of hers to lose');
  await amira.goto(base + '/dossier/p-selam/toestemming');
  await amira.locator('li', { hasText: 'mr. A. Voorbeeld' }).locator('p a').first().click();
  await selam.goto(base + '/mijn/inzage');
  await selam.click('main a[href="/mijn/toestemmingen"]');
  await selam.locator('li', { hasText: 'mr. A. Voorbeeld' }).locator('form[action="/mijn/toestemmingen/stop"] button').first().click();
  await sees(selam, 'ተቋሪጹ። ካብ ሕጂ ነዚ ኣይንካፈልን።');
  const nothing = await raw(lawyer, client.replace(/[^/]+$/, 'rp-nobody'));
  must(nothing.startsWith('404'), 'what does not exist is there');
  for (const gone of [client, ...papers]) must(await raw(lawyer, gone) === nothing, gone + ' is not gone, or can be told from what never was');
  await lawyer.goto(base + '/advocaat');
  await seesNot(lawyer, 'Selam');
  await amira.click('button:has-text("Maak het blad")');
  await sees(amira, 'geldt niet meer');
  must((await amira.goto(base + '/dossier/p-selam/toestemming')).ok(), 'her caseworker lost the file too');
  must(!await amira.locator('section[aria-labelledby=h-now] li', { hasText: 'mr. A. Voorbeeld' }).count(), 'it still stands among what is allowed');
  await sees(selam, 'mr. A. Voorbeeld'); // who was told what stays readable for her

  step('the third, in Dutch of short sentences, says something and takes a copy of everything');
  const ahmad = await person({ ...phone, acceptDownloads: true });
  await enter(ahmad, 'nl-simple', 'AHMD3479', true);
  await amira.goto(base + '/dossier/p-ahmad');
  await ahmad.goto(base + '/mijn/vraag');
  await ahmad.fill('#f-tekst', 'Mijn buurman is Kees. Mag hij mee?');
  await ahmad.locator('main form button.btn--wide[type=submit]').last().click();
  await ahmad.waitForURL('**/mijn/berichten/**');
  await ahmad.goto(base + '/mijn/gegevens');
  await ahmad.click('main a[href="/mijn/rechten"]');
  await ahmad.click('main a[href="/mijn/rechten/kopie"]');
  await fair(ahmad, 'before the copy', faults);
  await ahmad.locator('main form button[type=submit]').click();
  await ahmad.waitForURL(u => /^\/mijn\/rechten\/[^/]+$/.test(u.pathname));
  await fair(ahmad, 'the copy lies ready', faults);
  const copy = new URL(ahmad.url()).pathname, here = fs.mkdtempSync(path.join(os.tmpdir(), 'kopie-'));
  const take = async form => {
    const [file] = await Promise.all([ahmad.waitForEvent('download'), ahmad.click(`main a[href$="/kopie/${form}"]`)]);
    const at = path.join(here, file.suggestedFilename());
    await file.saveAs(at);
    return at;
  };

  step('he opens both files: what he said, who he is and who looked stand in them');
  const all = JSON.parse(fs.readFileSync(await take('machine'), 'utf8'));
  const rooms = Object.keys(all.data);
  for (const r of ['dossier', 'consent', 'contact', 'procedure', 'evidence', 'family', 'residence', 'care', 'rights', 'question', 'portal']) must(rooms.includes(r), `the file for machines lacks ${r}: ${rooms}`);
  const said = JSON.stringify(all);
  for (const own of ['Mijn buurman is Kees. Mag hij mee?', 'أحمد الخطيب', '2790113365', 'u-amira']) must(said.includes(own), own + ' is not in the file for machines');
  for (const other of ['Selam', 'Reem', '39174']) must(!said.includes(other), other + ' is in the file for machines');
  const reads = await ahmad.context().newPage();
  await reads.goto('file://' + await take('lezen'));
  must(await reads.locator('h1').count() === 1 && await reads.locator('section').count() > 5, 'the file to read is not one that somebody can read');
  for (const own of ['Mijn buurman is Kees. Mag hij mee?', 'أحمد الخطيب', 'Amira Haddad']) await sees(reads, own);
  for (const other of ['Selam', 'Reem', 'src="http', 'href="http', '<script']) await seesNot(reads, other);
  const codes = await reads.locator('dt').evaluateAll(ts => ts.map(t => t.textContent.trim()).filter(t => /^[a-z]+[A-Z_]/.test(t)));
  must(!codes.length, 'names for machines stand in the file to read: ' + codes);
  await fair(reads, 'the file to read', faults);
  fs.rmSync(here, { recursive: true });

  step('who helps him cannot fetch it; the privacy desk sees that it was made');
  for (const form of ['lezen', 'machine']) {
    must((await raw(amira, `${copy}/kopie/${form}`)).startsWith('404') || (await raw(amira, `${copy}/kopie/${form}`)).startsWith('303'), 'a caseworker fetches it');
    must((await raw(reem, `${copy}/kopie/${form}`)).startsWith('404'), 'another person fetches it');
    must(!(await raw(amira, copy.replace('/mijn/rechten', '/gegevensverzoeken') + '/kopie/' + form)).startsWith('200'), 'a caseworker fetches it at the desk');
  }
  const pieter = await person();
  await signIn(pieter, 'u-pieter');
  await pieter.goto(base + copy.replace('/mijn/rechten', '/gegevensverzoeken'));
  await sees(pieter, 'Kopie');
  await seesNot(pieter, 'buurman');
  await ahmad.goto(base + '/mijn/inzage');
  await sees(ahmad, 'Amira');

  await browser.close();
  must(!faults.length, faults.join('\n'));
})().catch(e => { console.error(e); process.exit(1); });
