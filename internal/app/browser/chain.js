// The chain: a talk on a Tuesday becomes a signal without the person, a second colleague lets it go, it becomes a question with
// evidence, something is done, and the person reads on her own telephone what: in Dutch first, and then in her language.
const { base, open, signIn, must, sees, seesNot, fair } = require('lib');

(async () => {
  const { browser, person, faults } = await open();
  const step = s => console.log('– ' + s);
  const choose = (page, name, value) => page.check(`input[name="${name}"][value="${value}"]`, { force: true });

  step('a caseworker writes down a talk, and makes a signal of it in one press');
  const amira = await person();
  await signIn(amira, 'u-amira');
  await amira.goto(base + '/dossier/p-selam/contact');
  await choose(amira, 'topic', 'family');
  await choose(amira, 'done', 'read');
  await amira.fill('#f-note', 'Selam kreeg bij de ambassade geen afspraak.');
  await choose(amira, 'next', 'ready');
  await amira.click('button:has-text("Opslaan en een signaal maken")');
  await amira.waitForURL('**/signaal?**');
  await sees(amira, 'Je komt uit een dossier');
  await seesNot(amira, 'geen afspraak');
  must(!amira.url().includes('selam'), 'the address names the person');
  must(await amira.inputValue('[name=thema]') === 'family', 'the theme did not come along');
  await fair(amira, 'the form of a signal', faults);

  step('what leads to her is taken out, and the author sees it before anything is kept');
  await amira.selectOption('[name=instantie]', 'abroad');
  await amira.selectOption('[name=plek]', 'abroad');
  await amira.selectOption('[name=fase]', 'family');
  await choose(amira, 'ernst', 'grave');
  await choose(amira, 'gezien', 'few');
  await amira.check('[name=wens]');
  await amira.fill('[name=woorden]', 'Selam Tesfay kreeg bij de ambassade geen afspraak. Bel 06-12345678. De grens is dicht.');
  await amira.click('button:has-text("Kijken wat er weggaat")');
  await sees(amira, 'Klopt het zo?');
  const left = await amira.inputValue('[name=woorden]');
  must(!/Selam|Tesfay|12345678/.test(left) && left.includes('De grens is dicht'), 'this would leave: ' + left);
  await fair(amira, 'the preview', faults);
  await amira.fill('[name=woorden]', 'Bij de ambassade is geen afspraak te krijgen en de grens is dicht. Het gezin blijft van elkaar.');
  await amira.click('button:has-text("Naar je team")');
  await sees(amira, 'Je signaal wacht op een collega');

  step('a second colleague of the team reads it and lets it go');
  const marwan = await person();
  await signIn(marwan, 'u-marwan');
  await marwan.goto(base + '/signalen/vrijgeven');
  await marwan.locator('main ul.rows a', { hasText: 'Gezinshereniging' }).first().click();
  await sees(marwan, 'de grens is dicht');
  await seesNot(marwan, 'Selam');
  await choose(marwan, 'besluit', 'release');
  await marwan.click('button:has-text("Bewaren")');
  await sees(marwan, 'Het signaal is vrijgegeven');

  step('it becomes a question with evidence, and something is done');
  await marwan.goto(base + '/signalen?thema=family');
  for (const a of await marwan.locator('main ul.rows a').evaluateAll(as => as.map(a => a.href))) {
    await marwan.goto(a);
    if ((await marwan.innerText('main')).includes('Het gezin blijft van elkaar')) break;
  }
  await sees(marwan, 'Het gezin blijft van elkaar');
  await seesNot(marwan, 'p-selam');
  await marwan.click('a:has-text("Er een knelpunt van maken")');
  await marwan.fill('#f-vraag', 'Waarom krijgt niemand een afspraak als de grens dicht is?');
  await marwan.fill('[name=volgende]', process.env.NEXT);
  await choose(marwan, 'ernst', 'grave');
  await marwan.selectOption('[name=eigenaar]', 'u-marwan');
  await marwan.click('button:has-text("Bewaren")');
  await sees(marwan, 'Het knelpunt is gemaakt');
  const turn = async (to, inside, told) => {
    await choose(marwan, 'naar', to);
    await marwan.fill('#f-woorden', inside);
    await marwan.fill('#f-terug', told);
    await marwan.locator('form', { has: marwan.locator('#f-terug') }).locator('button').click();
    await sees(marwan, 'De stap is bewaard');
  };
  await turn('examined', 'Bij drie ambassades nagevraagd.', '');
  await turn('acting', 'Brief aan het ministerie.', 'Wij vroegen het ministerie om afspraken op afstand.');
  await fair(marwan, 'the bottleneck', faults);
  const bottleneck = marwan.url();

  step('she reads on her own page that there is news, and what was done; it says that the words are Dutch');
  const selam = await person({ viewport: { width: 390, height: 844 }, locale: 'ti' });
  await selam.goto(base + '/mijn/inloggen?taal=ti');
  await selam.fill('#f-code', 'TREE3479');
  await selam.click('main form button');
  await selam.fill('#f-nieuw', '27182');
  await selam.fill('#f-pin2', '27182');
  await selam.locator('form', { has: selam.locator('input[name=eerste]') }).locator('button').click();
  await selam.waitForURL('**/mijn');
  await sees(selam, 'ንዓኹም ዜና ኣሎ');
  await seesNot(selam, 'afspraken op afstand');
  await selam.click('a:has-text("ንዓኹም ዜና ኣሎ")');
  await sees(selam, 'Wij vroegen het ministerie om afspraken op afstand.');
  await sees(selam, 'ብሆላንድኛ');
  await seesNot(selam, 'Brief aan het ministerie');
  await fair(selam, 'the own page', faults);

  step('a colleague writes it in her language, and she marks it as read');
  await marwan.goto(bottleneck);
  await marwan.locator('a:has-text("In andere talen")').first().click();
  await marwan.fill('#f-in_ti', 'ነቲ ሚኒስትሪ ናይ ርሑቕ ቆጸራታት ሓቲትናዮ።');
  await fair(marwan, 'what was told in other languages', faults);
  await marwan.click('button:has-text("Bewaren")');
  await sees(marwan, 'In andere talen: 1 van 8');
  await selam.reload();
  await sees(selam, 'ነቲ ሚኒስትሪ ናይ ርሑቕ ቆጸራታት ሓቲትናዮ።');
  await selam.click('button:has-text("ኩሉ ኣንቢበ")');
  await selam.goto(base + '/mijn');
  await seesNot(selam, 'ንዓኹም ዜና ኣሎ');

  must(faults.length === 0, faults.join('\n'));
  await browser.close();
})().catch(e => { console.error(e); process.exit(1); });
