// A refugee chooses a PIN on a telephone in Arabic, asks why somebody looked, says that a fact is wrong, and leaves at once;
// colleagues answer.
const { base, open, must, sees, seesNot, raw, fair } = require('lib');

(async () => {
  const { browser, person, faults } = await open();
  const press = (page, text) => page.locator('main button, main a', { hasText: text }).first().click();

  const phone = await person({ viewport: { width: 390, height: 844 }, locale: 'de' });
  await phone.goto(base + '/taal');
  await fair(phone, 'languages', faults);
  await phone.getByText('العربية').first().click();
  await sees(phone, 'تسجيل الدخول');
  await phone.fill('[name=code]', 'reem 3479');
  await press(phone, 'متابعة');
  await sees(phone, 'هل هذه أول مرة؟');
  await fair(phone, 'the PIN', faults);
  const choose = async (pin, again) => {
    await phone.fill('[name=nieuw]', pin);
    await phone.fill('[name=pin2]', again);
    await press(phone, 'اختيار الرمز');
  };
  await choose('١٢٣٤', '١٢٣٤');
  await sees(phone, 'يُرجى اختيار رمز أصعب على التخمين');
  await fair(phone, 'a PIN that is too easy', faults);
  must(await phone.evaluate(() => document.activeElement.id) === 'fouten', 'what is wrong is not read first');
  await choose('٤٨١٥', '4815');
  await sees(phone, 'أهلًا');
  await sees(phone, 'Amira');
  await seesNot(phone, 'Selam');
  must(await phone.evaluate(() => document.documentElement.dir) === 'rtl', 'Arabic does not run from the right');
  must(await phone.title() === 'Reisgezel', 'the title tells more than the name of the house');

  await phone.goto(base + '/mijn/inzage');
  await press(phone, 'السؤال عن السبب');
  await sees(phone, 'تم السؤال، لا جواب بعد');
  await phone.goto(base + '/mijn/gegevens');
  await phone.click("[href$='wat=vnumber']");
  await sees(phone, '282 001 1427');
  await press(phone, 'إرسال');
  await sees(phone, 'يُرجى كتابة ما هو غير صحيح');
  await fair(phone, 'a report without words', faults);
  await phone.fill('[name=text]', 'الرقم خطأ');
  await press(phone, 'إرسال');
  await sees(phone, 'لم تتم المراجعة بعد');
  await fair(phone, 'what is known', faults);
  await phone.goto(base + '/mijn/instellingen');
  await press(phone, '130%');
  await fair(phone, 'large letters', faults);
  for (let i = 0; i < 3; i++) await phone.keyboard.press('Escape');
  await phone.waitForURL('**/static/weer');

  for (const [who, say] of [['u-amira', 'الرقم خطأ'], ['u-pieter', 'Amira']]) {
    const page = await person();
    await page.goto(base + '/webtest');
    await page.evaluate(w => fetch('/webtest/' + w, { method: 'POST', redirect: 'manual' }), who);
    const words = (await raw(page, '/vandaag')).match(/\/melding\/[^"]+/);
    must(words, who + ' is told nothing');
    await page.goto(base + words[0]);
    await sees(page, say);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await fair(page, 'the word that ' + who + ' reads', faults);
    }
  }
  await browser.close();
  if (faults.length) { console.error(faults.join('\n')); process.exit(1); }
})().catch(e => { console.error(e.message); process.exit(1); });
