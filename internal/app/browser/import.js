// Bringing people in from an old system: faults are repaired in the page, nobody shows before it is done, and it can be taken back.
const { base, open, signIn, must, sees, axe } = require('lib');

const table = `Voornaam;Achternaam;Geboortedatum;Nationaliteit;Taal;Telefoon;V-nummer;E-mail begeleider
Yusuf;Demirkapı;12-03-1988;Turkse;Turks;06 12 34 56 11;2811112223;
Zohra;Ahmadzai;1979;Afghaanse;Dari;+31612345612;2811112224;
Nasrin;Karimzadeh;31-02-1990;Iraanse;Farsi;0612345613;2811112225;
Yusuf;Demirkapı;12-03-1988;Turkse;Turks;06 12 34 56 11;2811112223;
`;

(async () => {
  const { browser, person, faults } = await open();
  const step = s => console.log('– ' + s);
  const upload = async (page, name, text) => {
    await page.goto(base + '/inlezen');
    await page.setInputFiles('input[name=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.click('button:has-text("Bekijk het bestand")');
  };
  // until asks again until the work in the background has come this far.
  const until = async (page, text) => {
    for (let i = 0; i < 60; i++) {
      if ((await page.innerText('body')).includes(text)) return;
      await page.waitForTimeout(500);
      await page.goto(page.url());
    }
    await sees(page, text);
  };

  step('a file with citizen service numbers is refused before anything is kept');
  const admin = await person();
  await signIn(admin, 'u-beheer');
  await upload(admin, 'oud.csv', 'Voornaam;BSN\nZohra;111222333\n');
  await sees(admin, 'BSN');
  must((await admin.title()).startsWith('Fout:'), 'a file with citizen service numbers came in');

  step('the columns are recognised; the day that does not exist and the row that is there twice wait for a decision');
  await upload(admin, 'mensen.csv', table);
  await admin.selectOption('select[name=source]', { index: 1 });
  await admin.click('form.form >> button.btn:not(.btn--quiet)');
  await until(admin, '1 rij met een fout');
  await sees(admin, 'De dag “31-02-1990” bestaat niet');
  await sees(admin, 'Dezelfde gegevens staan ook in rij 2');
  for (const fault of await axe(admin)) faults.push('the batch: ' + fault);
  const batch = admin.url();

  step('the row is repaired in the page; the double one is left out');
  await admin.click('a:has-text("Nasrin Karimzadeh")');
  for (const fault of await axe(admin)) faults.push('the row: ' + fault);
  await admin.fill('input[name=birth]', '1990');
  await admin.locator('main form', { has: admin.locator('input[name=birth]') }).locator('button').first().click();
  await admin.goto(batch);
  await admin.click('button:has-text("Sla ze allemaal over")');
  await admin.goto(batch);
  await admin.selectOption('select[name=location]', { label: 'Overvecht – Utrecht' });
  await admin.fill('input[name=helper]', 'amira@reisgezel.example');
  const amira = await person();
  await signIn(amira, 'u-amira');
  await amira.goto(base + '/zoeken?q=Karimzadeh');
  must(await amira.locator('a[href*="/dossier/"]:has-text("Karimzadeh")').count() === 0, 'a person shows before the batch is confirmed');
  await admin.click('button:has-text("Sla 3 mensen op")');
  await until(admin, 'De dossiers staan bij de begeleiders');

  step('the caseworker finds them; the administrator sees none of them');
  await amira.goto(base + '/zoeken?q=Karimzadeh');
  await sees(amira, 'Nasrin');
  await admin.goto(base + '/zoeken?q=Karimzadeh');
  must(await admin.locator('a[href*="/dossier/"]').count() === 0, 'the administrator who imports sees the people');

  step('the same file again changes nothing');
  await upload(admin, 'mensen.csv', table);
  await sees(admin, 'Dit bestand is er al');

  step('it can be taken back, and then nobody finds them');
  await admin.goto(batch);
  await admin.locator('form[action$="/terug"] button').click();
  await until(admin, 'Deze inlezing is teruggedraaid');
  await amira.goto(base + '/zoeken?q=Karimzadeh');
  must(await amira.locator('a[href*="/dossier/"]:has-text("Karimzadeh")').count() === 0, 'a person that was taken back still shows');

  if (faults.length) { console.error(faults.join('\n')); process.exit(1); }
  await browser.close();
})().catch(e => { console.error(e.message); process.exit(1); });
