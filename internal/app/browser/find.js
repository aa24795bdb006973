// A caseworker types twenty names as she hears them, and whom she means is the first line, with the reason. At the desk a
// volunteer who holds no file checks somebody in by a heard name and a birth date.
const { base, open, signIn, must, sees, seesNot, fair } = require('lib');

const heard = [
  ['Seelam', 'p-selam'], ['tesfai selam hayle', 'p-selam'], ['ሰላም ሃይለ', 'p-selam'], ['Riem Achmad', 'p-reem'], ['ريم الاحمد', 'p-reem'],
  ['Abdoerachman Warsame', 'p-abdirahman'], ['Cabdiraxmaan', 'p-abdirahman'], ['Achmed Chatieb', 'p-ahmad'], ['أحمد الخطيب', 'p-ahmad'], ['Almas Tadese', 'p-almaz'],
  ['አልማዝ', 'p-almaz'], ['Ferzane Rahiemie', 'p-farzaneh'], ['فرزانه رحیمی', 'p-farzaneh'], ['Goelnaar', 'p-golnar'], ['Hamied Noerie', 'p-hamid'],
  ['Maksiem Kowalenko', 'p-maksym'], ['Максим', 'p-maksym'], ['Mebratu Gebremedin', 'p-mebrahtu'], ['Joesoef Demier', 'p-yusuf'], ['Luam Hayle', 'p-00000144'],
];

(async () => {
  const { browser, person, faults } = await open();
  const step = s => console.log('– ' + s);
  const amira = await person();
  await signIn(amira, 'u-amira');
  const hrefs = async () => amira.locator('main a[href^="/dossier/"]').evaluateAll(as => as.map(a => a.getAttribute('href')));
  step('what is heard finds who is meant, first');
  const missed = [];
  for (const [typed, id] of heard) {
    await amira.goto(base + '/zoeken?q=' + encodeURIComponent(typed));
    const first = (await hrefs())[0];
    if (first !== '/dossier/' + id) missed.push(`${typed} finds ${first}, not ${id}`);
  }
  must(!missed.length, missed.join('\n'));
  await amira.goto(base + '/zoeken?q=' + encodeURIComponent('Seelam Tesfai'));
  await sees(amira, 'Seelam ≈ Selam');
  for (const width of [1280, 390]) {
    await amira.setViewportSize({ width, height: 900 });
    await fair(amira, 'what sounds like it ' + width, faults);
  }

  step('at the desk a heard name with a birth date checks somebody in; with another date nobody');
  const ria = await person();
  await signIn(ria, 'u-ria');
  await ria.goto(base + '/zoeken?q=' + encodeURIComponent('Joesoef Demier'));
  await seesNot(ria, 'p-yusuf');
  await ria.goto(base + '/spreekuur');
  await ria.locator('button:has-text("Begin spreekuur")').first().click();
  const checkIn = async (name, day, month, year) => {
    await ria.goto(base + '/spreekuur');
    const form = ria.locator('form:has(input[name=how][value=name])');
    if (!(await form.locator('[name=name]').isVisible())) await ria.click('summary:has-text("Zonder kaart")');
    for (const [n, v] of [['name', name], ['day', day], ['month', month], ['year', year]]) await form.locator(`[name=${n}]`).fill(v);
    await form.locator('button').click();
    await ria.waitForLoadState();
  };
  await checkIn('Almas Tadese', '12', '9', '1986');
  must(!(await ria.innerText('main')).includes('Almaz'), 'somebody with another birth date was checked in');
  await checkIn('Almas Tadese', '11', '9', '1986');
  must((await ria.innerText('main')).includes('Almaz'), 'a heard name with the right birth date checks nobody in:\n' + (await ria.innerText('main')).slice(0, 600));
  await browser.close();
  if (faults.length) { console.error([...new Set(faults)].join('\n')); process.exit(1); }
})().catch(e => { console.error(e.message); process.exit(1); });
