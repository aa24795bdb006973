// The chain: a talk on a Tuesday becomes a signal without the person, a second colleague lets it go, it becomes a question with
// evidence, something is asked and promised, and the person reads on her own telephone what came of it: in Dutch first, and then in
// her language. Seven weeks later the quarter is over, and everybody can read it in the report. On no page after the signal she can
// be found. Between the two the test lets the time pass.
const { base, open, signIn, must, sees, seesNot, fair, play } = require('lib');
const { execFileSync } = require('child_process');

const day = n => new Date(Date.parse(process.env.DAY) + n * 864e5).toISOString().slice(0, 10);
const told = 'Wij vroegen het ministerie om afspraken op afstand.';
const question = 'Waarom krijgt niemand een afspraak als de grens dicht is?';
const reported = '/signaalrapport/2026-4/1';

let browser, person, amira, marwan, selam;
const faults = [];
const step = s => console.error('– ' + s);
const choose = (page, name, value) => page.check(`input[name="${name}"][value="${value}"]`, { force: true });

// nobody: a page of the chain after the signal leads to no person: no name, no number of a person, no address of a file.
const leads = /Selam|Tesfay|Haile|ሰላም|ተስፋይ|281[ .-]?994[ .-]?0173|TREE ?3479|p-selam|\/dossier\/p-/;
async function nobody(page, what) {
  for (const [where, text] of [['the page', await page.content()], ['its address', page.url()]]) {
    const found = text.match(leads);
    must(!found, `${what}: "${found && found[0]}" is in ${where} ${page.url()}`);
  }
}

async function fromTalkToAnswer() {
  step('a caseworker writes down a talk, and makes a signal of it in one press');
  amira = await person();
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
  await nobody(amira, 'what waits for a colleague');

  step('a second colleague of the team reads it and lets it go');
  marwan = await person();
  await signIn(marwan, 'u-marwan');
  await marwan.goto(base + '/signalen/vrijgeven');
  await marwan.locator('main ul.rows a', { hasText: 'Gezinshereniging' }).first().click();
  await sees(marwan, 'de grens is dicht');
  await nobody(marwan, 'the signal before it leaves');
  await seesNot(marwan, 'Amira Haddad');
  await choose(marwan, 'besluit', 'release');
  await marwan.click('button:has-text("Bewaren")');
  await sees(marwan, 'Het signaal is vrijgegeven');

  step('it becomes a question with evidence');
  await marwan.goto(base + '/signalen?thema=family');
  for (const a of await marwan.locator('main ul.rows a').evaluateAll(as => as.map(a => a.href))) {
    await marwan.goto(a);
    if ((await marwan.innerText('main')).includes('Het gezin blijft van elkaar')) break;
  }
  await sees(marwan, 'Het gezin blijft van elkaar');
  await nobody(marwan, 'the signal that left');
  const alone = (await marwan.innerText('main')).split('Gaat dit over hetzelfde?')[0]; // below it stand others, with who owns them
  must(!alone.includes('Amira'), 'the signal says who wrote it: ' + alone);
  await marwan.click('a:has-text("Er een knelpunt van maken")');
  await marwan.fill('#f-vraag', question);
  await marwan.fill('[name=volgende]', day(30));
  await choose(marwan, 'ernst', 'grave');
  await marwan.selectOption('[name=eigenaar]', 'u-marwan');
  await marwan.click('button:has-text("Bewaren")');
  await sees(marwan, 'Het knelpunt is gemaakt');
  const bottleneck = marwan.url().split('?')[0];
  const turn = async (to, inside, back) => {
    await choose(marwan, 'naar', to);
    await marwan.fill('#f-woorden', inside);
    await marwan.fill('#f-terug', back);
    await marwan.locator('form', { has: marwan.locator('#f-terug') }).locator('button').click();
    await sees(marwan, 'De stap is bewaard');
  };
  await turn('examined', 'Bij drie ambassades nagevraagd.', 'Wij vragen na hoe het kan.');
  await nobody(marwan, 'the bottleneck');

  step('from there a demand is made: a talk, what was promised, that it was kept, and what came of the demand');
  await marwan.click('a:has-text("Begin een dossier van belangenbehartiging")');
  await marwan.fill('[name=eis]', 'Een visum zonder reis over een dichte grens');
  await marwan.fill('[name=aan]', 'Ministerie van Buitenlandse Zaken');
  await marwan.fill('[name=waarom]', 'Wie een positieve beslissing heeft, kan het visum nergens ophalen.');
  await marwan.click('button:has-text("Opslaan")');
  await sees(marwan, 'Het dossier is er');
  await sees(marwan, question);
  const dossier = marwan.url().split('?')[0];
  const add = async (form, fields) => {
    await marwan.locator('details', { has: marwan.locator(`input[name=deel][value=${form}]`) }).locator('summary').click();
    for (const [name, value] of Object.entries(fields)) await marwan.fill(`[name="${name}"]`, value);
  };
  await add('doing', { 'daad-dag': day(-1), 'daad-wie': 'Directie Consulaire Zaken', 'daad-wat': 'Wij legden drie gesloten grenzen naast de regel.' });
  await choose(marwan, 'daad-soort', 'talk');
  await marwan.locator('button:has-text("Gesprek, brief of moment toevoegen")').click();
  await sees(marwan, 'Wij legden drie gesloten grenzen naast de regel.');
  await add('promise', { 'belofte-wie': 'De directeur', 'belofte-wat': 'Afspraken op afstand voor wie de grens niet over kan.', 'belofte-gedaan': day(-1), 'belofte-dag': day(40) });
  await marwan.locator('button:has-text("Toezegging toevoegen")').click();
  await sees(marwan, 'Moet nog');
  await fair(marwan, 'the dossier of the demand', faults);
  await nobody(marwan, 'the dossier of the demand');
  await marwan.click('a:has-text("Uitkomst opschrijven")');
  await choose(marwan, 'uitkomst', 'kept');
  await marwan.fill('[name=kwam]', 'De eerste afspraak was per beeldscherm.');
  await nobody(marwan, 'the promise');
  await marwan.click('button:has-text("Opslaan")');
  await sees(marwan, 'Nagekomen');
  await marwan.locator('summary:has-text("Stap zetten")').click();
  await choose(marwan, 'naar', 'ended');
  await choose(marwan, 'resultaat', 'part');
  await marwan.fill('[name=woorden]', 'Afspraken op afstand kunnen nu. Het visum per post nog niet.');
  await marwan.locator('form', { has: marwan.locator('[name=resultaat]') }).locator('button').click();
  await sees(marwan, 'Een deel');
  await nobody(marwan, 'the result');

  step('the demand and the bottleneck lead to each other, and whoever signalled is told');
  await marwan.click(`a:has-text("${question}")`);
  must(marwan.url() === bottleneck, 'the dossier leads to ' + marwan.url());
  await sees(marwan, 'Een visum zonder reis over een dichte grens');
  must(await marwan.locator('main a', { hasText: 'Een visum zonder reis' }).first().evaluate(a => a.href) === dossier, 'the bottleneck does not lead to the dossier');
  await turn('acting', 'Brief aan het ministerie.', told);
  await fair(marwan, 'the bottleneck', faults);
  await nobody(marwan, 'the bottleneck that was told about');

  step('she reads on her own page that there is news, and what was done; it says that the words are Dutch');
  selam = await person({ viewport: { width: 390, height: 844 }, locale: 'ti' });
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
  await sees(selam, told);
  await sees(selam, 'ብሆላንድኛ');
  await seesNot(selam, 'Brief aan het ministerie');
  await fair(selam, 'the own page', faults);

  step('a colleague writes it in her language, and she marks it as read');
  await marwan.goto(bottleneck);
  await marwan.locator('a:has-text("In andere talen")').first().click();
  await marwan.fill('#f-in_ti', 'ነቲ ሚኒስትሪ ናይ ርሑቕ ቆጸራታት ሓቲትናዮ።');
  await fair(marwan, 'what was told in other languages', faults);
  await nobody(marwan, 'what was told in other languages');
  await marwan.click('button:has-text("Bewaren")');
  await sees(marwan, 'In andere talen: 1 van 8');
  await selam.reload();
  await sees(selam, 'ነቲ ሚኒስትሪ ናይ ርሑቕ ቆጸራታት ሓቲትናዮ።');
  await selam.click('button:has-text("ኩሉ ኣንቢበ")');
  await selam.goto(base + '/mijn');
  await seesNot(selam, 'ንዓኹም ዜና ኣሎ');
}

async function inTheReport() {
  step('a legal worker writes the report of the quarter, with what was told in it');
  await signIn(marwan, 'u-marwan');
  await marwan.goto(base + '/monitor/rapporten');
  await marwan.selectOption('[name=kwartaal]', '2026-4');
  await marwan.click('button:has-text("Rapport beginnen")');
  await fair(marwan, 'the form of the report', faults);
  await marwan.fill('[name=intro-nl]', 'Wie bij een dichte grens woont, kan zijn visum niet ophalen.');
  await marwan.fill('[name=intro-en]', 'Whoever lives at a closed border cannot collect a visa.');
  await marwan.fill('[name=numbers-nl]', 'De cijfers van het kwartaal.');
  await marwan.fill('[name=done-nl]', 'Over deze knelpunten spraken wij.');
  await marwan.locator('label', { hasText: question }).locator('input[name=gedaan]').check({ force: true }); // it rests on one signal: only who wants it so takes it in
  await marwan.click('button:has-text("Opslaan")');
  await sees(marwan, 'Het rapport is opgeslagen');
  await sees(marwan, question);
  await sees(marwan, told);
  await seesNot(marwan, 'Brief aan het ministerie');
  await nobody(marwan, 'the draft of the report');
  must(await marwan.locator('button:has-text("Vrijgeven")').count() === 0, 'who wrote the report can release it');
  const draft = marwan.url().split('?')[0];
  const guest = await person({ viewport: { width: 390, height: 844 } });
  const found = async () => { // as a visitor finds the reports
    await guest.goto(base + '/wie-zijn-wij');
    await guest.click('a:has-text("Signaalrapporten")');
    await sees(guest, 'kwartaal 2 van 2026');
    await seesNot(guest, 'kwartaal 3 van 2026'); // which a colleague is writing
  };
  await found();
  await seesNot(guest, 'kwartaal 4 van 2026');
  must((await guest.goto(base + reported)).status() === 404, 'a draft is read by everybody');

  step('a second one reads it, and cannot let it go while a part is empty; it is edited');
  const els = await person();
  await signIn(els, 'u-els');
  await els.goto(draft);
  await els.click('button:has-text("Vrijgeven")');
  await seesNot(els, 'Het rapport is vrijgegeven');
  await marwan.goto(draft);
  await marwan.click('a:has-text("Schrijven")');
  await marwan.fill('[name=next-nl]', 'Een visum per post.');
  await marwan.click('button:has-text("Opslaan")');
  await els.goto(draft);
  await nobody(els, 'the report before it is released');
  await els.click('button:has-text("Vrijgeven")');
  await sees(els, 'Het rapport is vrijgegeven');

  step('everybody reads it: as a page, in English, and as a paper');
  await found();
  await guest.click('a:has-text("kwartaal 4 van 2026")');
  must(new URL(guest.url()).pathname === reported, 'the list leads to ' + guest.url());
  for (const text of [question, told, 'Een visum per post.', 'Een aantal onder 10']) await sees(guest, text);
  for (const text of ['Marwan', 'Amira', 'u-els', 'Brief aan het ministerie', 'Bij drie ambassades', 'De directeur']) await seesNot(guest, text);
  await nobody(guest, 'the report');
  await fair(guest, 'the report', faults);
  const english = await (await guest.request.get(base + reported + '?taal=en')).text();
  must(english.includes('Whoever lives at a closed border') && !leads.test(english), 'the report in English');
  const paper = await guest.request.get(base + reported + '/pdf');
  const bytes = await paper.body();
  must(paper.status() === 200 && bytes.subarray(0, 5).toString() === '%PDF-', 'the paper answers ' + paper.status());
  let words = '';
  try {
    words = execFileSync('pdftotext', ['-', '-'], { input: bytes }).toString().replace(/\s+/g, ' ');
  } catch (e) {
    if (e.code !== 'ENOENT' || process.env.REISGEZEL_REQUIRE_ALL) throw e; // a machine of a developer may have nothing that reads papers
    step('pdftotext is not here: the words of the paper are not read');
    return;
  }
  must(words.includes(question) && words.includes(told) && words.includes('Een visum per post.'), 'the paper does not say what was done: ' + words.slice(0, 2000));
  must(!leads.test(words) && !/Marwan|Amira|Brief aan het ministerie/.test(words), 'the paper says too much');
}

(async () => {
  ({ browser, person } = await open(faults));
  await play({ 'from the talk to the answer': fromTalkToAnswer, 'in the report': inTheReport }, { url: () => marwan ? marwan.url() : '', innerText: s => marwan.innerText(s) }, faults);
  await browser.close();
})().catch(e => { console.error(e); process.exit(1); });
