// The story that must work: one walk-in hour, from checking in to a legal deadline on the refugee's own phone.
const { base, open, signIn, must, sees, seesNot, raw, axe } = require('lib');

(async () => {
  const { browser, person, faults } = await open();
  const step = s => console.log('– ' + s);

  step('a volunteer begins the day; every other person does not exist for her');
  const ria = await person();
  await signIn(ria, 'u-ria');
  await sees(ria, 'Ria');
  must(await raw(ria, '/dossier/p-reem') === await raw(ria, '/dossier/p-nobody'), 'a forbidden file can be told from one that does not exist');
  must((await raw(ria, '/dossier/p-reem')).startsWith('404'), 'a forbidden file is not absent');

  step('she opens the walk-in hour, and somebody checks in with a card');
  await ria.click('nav.nav a:has-text("Spreekuur")');
  await ria.click('button:has-text("Begin spreekuur")');
  await ria.fill('#f-code', 'xxxx xxxx');
  await ria.click('button:has-text("Inchecken met kaart")');
  await sees(ria, 'Geen dossier gevonden');
  await ria.fill('#f-code', 'reem-3479');
  await ria.click('button:has-text("Inchecken met kaart")');
  await sees(ria, 'Reem');
  await sees(ria, 'Arabisch');

  step('presence opens the file to this desk only');
  const jan = await person();
  await signIn(jan, 'u-jan');
  must((await raw(jan, '/dossier/p-reem')).startsWith('404'), 'another desk sees the file');
  await ria.locator('ul.rows li', { hasText: 'Reem' }).locator('button:has-text("Helpen")').click();
  await ria.waitForURL('**/dossier/p-reem');
  await sees(ria, 'Reem al-Ahmad');
  await sees(ria, 'Wat is beloofd');
  must(await ria.locator('a:has-text("Gegevens veranderen")').count() === 0, 'a desk may change facts');

  step('the letter on the table: the decision, the day, how it was announced, and the deadlines at once');
  await ria.goto(base + '/dossier/p-reem/juridisch/vastleggen/decision');
  const today = new Date(new Date(process.env.NOW) - 86400000 * 2).toISOString().slice(0, 10);
  for (const [n, v] of [['sure', 'exact'], ['how', 'handed'], ['outcome', 'rejected'], ['route', 'aa'], ['lodged', 'before']]) {
    const choice = ria.locator(`input[name=${n}][value=${v}]`);
    if (n !== 'lodged' || await choice.count()) await choice.check({ force: true }); // the day of asking may be known already
  }
  await ria.fill('input[name=day]', today);
  await ria.click('button[value=bereken]');
  await sees(ria, 'Beroep instellen');
  await sees(ria, 'Nog niet bevestigd door een jurist');
  await ria.click('button[value=vastleggen]');
  await ria.goto(base + '/dossier/p-reem');
  await sees(ria, 'Beroep');

  step('faults come all at once, at their fields, and nothing is lost');
  await ria.goto(base + '/dossier/p-reem/contact');
  await sees(ria, 'Reem kan dit lezen.');
  await ria.fill('#f-note', 'Beschikking gelezen, advocaat gebeld. ');
  await ria.click('button:has-text("Opslaan en volgende")');
  must((await ria.title()).startsWith('Fout:'), 'the title does not tell of a fault');
  await sees(ria, 'Kies waar het gesprek over ging');
  await sees(ria, 'Kies hoe het verder gaat');
  must((await ria.inputValue('#f-note')).startsWith('Beschikking gelezen'), 'the note was lost');

  step('a draft saves itself and comes back');
  await ria.locator('#f-note').pressSequentially('Morgen bellen.');
  await ria.waitForFunction(() => document.querySelector('[data-say]').textContent.includes('Concept bewaard'));
  await ria.goto(base + '/dossier/p-reem/contact');
  must((await ria.inputValue('#f-note')).includes('Morgen bellen'), 'the draft did not come back');

  step('the contact, with a promise, sent when she is signed out: nothing is lost; saving it closes the file');
  await ria.check('input[name=topic][value=asylum]', { force: true });
  await ria.check('input[name=done][value=read]', { force: true });
  await ria.check('input[name=next][value=follow]', { force: true });
  await ria.check('input[name=when][value=tomorrow]', { force: true });
  await ria.fill('#f-promise', 'Bellen of de advocaat beroep instelt');
  const elsewhere = await person();
  await signIn(elsewhere, 'u-ria');
  await elsewhere.goto(base + '/account');
  await elsewhere.click('form[action="/account/sessies/weg"] button');
  await ria.click('button:has-text("Opslaan en volgende")');
  await ria.waitForURL('**/inloggen?**');
  await ria.locator('form', { has: ria.locator('input[value="u-ria"]') }).locator('button').click();
  await sees(ria, 'Dit is nog niet opgeslagen');
  for (const v of await axe(ria)) faults.push('the form that came too late: ' + v);
  await ria.click('main button:has-text("Nu opslaan")');
  await ria.waitForURL('**/spreekuur**');
  must(await raw(ria, '/dossier/p-reem') === await raw(ria, '/dossier/p-nobody'), 'after the visit the file can be told from one that does not exist');
  await ria.goto(base + '/opvolgen');
  await sees(ria, 'Bellen of de advocaat beroep instelt');
  await seesNot(ria, 'Reem');
  await ria.locator('li', { hasText: 'Bellen of de advocaat' }).locator('button').click();
  await ria.click('button:has-text("Ongedaan maken")');
  await sees(ria, 'Het staat weer open.');

  step('the caseworker with the assignment still works in it, and sees the deadline on Vandaag');
  const marwan = await person();
  await signIn(marwan, 'u-marwan');
  await sees(marwan, 'Reem');
  await sees(marwan, 'Beroep');
  await marwan.goto(base + '/dossier/p-reem');
  await sees(marwan, 'Beschikking gelezen, advocaat gebeld.');
  await marwan.goto(base + '/dossier/p-reem/juridisch');
  await marwan.locator('a[href*="/juridisch/termijn/"]').first().click();
  await sees(marwan, '69');
  await sees(marwan, 'Nog niet bevestigd door een jurist');

  step('the refugee, on a phone, in Arabic, chooses a PIN');
  const reem = await person({ viewport: { width: 390, height: 844 }, locale: 'ar' });
  await reem.goto(base + '/mijn/inloggen?taal=ar');
  await reem.fill('#f-code', 'REEM3479');
  await reem.click('main form button');
  await reem.fill('#f-nieuw', '٤٨١٥');
  await reem.fill('#f-pin2', '4815');
  await reem.locator('form', { has: reem.locator('input[name=eerste]') }).locator('button').click();
  await reem.waitForURL('**/mijn');
  must(await reem.getAttribute('html', 'dir') === 'rtl', 'the page is not right-to-left');
  must(await reem.title() === 'Reisgezel', 'the title is not neutral');
  await sees(reem, 'Reem');
  await sees(reem, 'موعدك القادم');
  await sees(reem, 'من اطّلع على بياناتي؟');
  await sees(reem, 'Ria');
  await reem.goto(base + '/mijn/inzage');
  await sees(reem, 'كنت في ساعة الاستشارة');
  must((await raw(reem, '/dossier/p-reem')).startsWith('404'), 'a refugee sees the pages of staff');

  step('a wrong PIN and a card that does not exist answer alike');
  const stranger = await person();
  const answers = [];
  for (const code of ['REEM3479', 'ACDEFGHJ']) {
    await stranger.goto(base + '/mijn/inloggen?taal=nl');
    await stranger.fill('#f-code', code);
    await stranger.click('main form button');
    await stranger.fill('#f-pin', '9173');
    await stranger.click('main form button');
    answers.push((await stranger.content()).replaceAll(code, 'CODE'));
  }
  must(answers[0] === answers[1], 'an unknown card can be told from a wrong PIN');

  step('a team leader breaks the glass; the refugee and the privacy officer are told');
  const noor = await person();
  await signIn(noor, 'u-noor');
  must((await raw(noor, '/dossier/p-oksana')).startsWith('404'), 'a team leader has standing access');
  await noor.goto(base + '/noodtoegang');
  await noor.fill('input[name=number]', '281.119.0042');
  await noor.locator('input[name=cause]').first().check({ force: true });
  await noor.fill('textarea[name=reason]', 'Begeleider is ziek en de gemeente belt over onderdak vannacht.');
  await noor.locator('main form button[type=submit]').last().click();
  await noor.waitForURL('**/dossier/p-oksana**');
  await sees(noor, 'Kovalenko');
  const pieter = await person();
  await signIn(pieter, 'u-pieter');
  await pieter.goto(base + '/toezicht');
  await sees(pieter, 'Noor Visser');
  must((await raw(pieter, '/dossier/p-oksana')).startsWith('404'), 'the privacy officer reads files');

  step('a caseworker registers somebody with the least data');
  const amira = await person();
  await signIn(amira, 'u-amira');
  await amira.goto(base + '/dossiers/nieuw');
  await amira.click('button:has-text("Persoon opslaan")');
  await sees(amira, 'Vul in hoe deze persoon genoemd wil worden');
  await amira.fill('#f-called', 'Hiwot');
  await amira.click('button:has-text("Persoon opslaan")');
  await amira.waitForURL('**/dossier/p-**');
  await sees(amira, 'Hiwot');

  step('without a script it works too');
  const plain = await person({ javaScriptEnabled: false });
  await signIn(plain, 'u-amira');
  await plain.goto(base + '/dossier/p-ahmad/contact');
  await plain.check('input[name=topic][value=money]', { force: true });
  await plain.check('input[name=next][value=ready]', { force: true });
  await plain.click('main form.quick button[type=submit]');
  await sees(plain, 'Het contact is opgeslagen.');

  must(faults.length === 0, 'the browser saw: ' + faults.join('\n'));
  await browser.close();
})().catch(e => { console.error(e.message); process.exit(1); });
