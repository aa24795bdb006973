// A refugee sends a photo and a PDF from a telephone, with and without script; a caseworker looks at them. What cannot come
// in says so at its field, and nobody is kept from any page of it.
const { base, open, must, sees, seesNot, fair } = require('lib');
const photo = { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(process.env.PHOTO, 'base64') };
const pdf = { name: 'brief.pdf', mimeType: 'application/pdf', buffer: Buffer.from(process.env.PDF, 'base64') };
const acts = { name: 'brief.pdf', mimeType: 'application/pdf', buffer: Buffer.from(process.env.ACTS, 'base64') };
const list = '/dossier/p-selam/bewijs';

(async () => {
  const { browser, person, faults } = await open();
  const visitor = async (id, options) => {
    const page = await person(options);
    await page.request.post(`${base}/webtest/${id}`, { headers: { Origin: base } });
    return page;
  };
  const phone = { viewport: { width: 390, height: 844 } };
  const selam = await visitor('p-selam', phone), amira = await visitor('u-amira');
  // check looks at a page in two languages, in both themes, wide, narrow and narrower.
  const check = async (page, what) => {
    for (const colorScheme of ['light', 'dark']) for (const [width, height] of [[1280, 900], [390, 844], [320, 640]]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height });
      await fair(page, `${what} ${colorScheme} ${width}`, faults);
    }
  };

  // A photo for the piece that is asked of her.
  await selam.goto(base + '/mijn/bewijs?taal=ar');
  await check(selam, 'her papers in Arabic');
  await selam.goto(base + '/mijn/bewijs?taal=nl');
  await selam.click('a:has-text("Sturen"):has-text("Identiteitskaart")');
  must(await selam.getAttribute('#f-photo', 'capture') === 'environment', 'the camera does not open');
  await selam.setInputFiles('#f-photo', photo);
  await selam.click('main form button[type=submit]');
  await selam.waitForURL('**/mijn/bewijs?*');
  await sees(selam, 'Wij hebben uw papier');
  await sees(selam, 'U hoeft nu niets te sturen');

  // Something that acts is refused at its field, in her language.
  for (const [taal, words] of [['nl', 'Maak er een foto van'], ['ar', 'يُرجى تصوير الورقة']]) {
    await selam.goto(base + '/mijn/bewijs/sturen?taal=' + taal);
    await selam.setInputFiles('#f-file', acts);
    await selam.selectOption('#f-kind', 'court');
    await selam.click('main form button[type=submit]');
    await sees(selam, words);
    must(await selam.getAttribute('#f-file', 'aria-invalid') === 'true', 'the field does not know of it');
    must(await selam.inputValue('#f-kind') === 'court', 'what was chosen is lost');
    await check(selam, 'a refusal in ' + taal);
  }

  // Without script: a PDF, of which the form had a fault, is sent once.
  const plain = await visitor('p-selam', { ...phone, javaScriptEnabled: false });
  await plain.goto(base + '/mijn/bewijs/sturen?taal=nl');
  await plain.setInputFiles('#f-file', pdf);
  await plain.selectOption('#f-kind', 'other');
  await plain.click('main form button[type=submit]');
  must((await plain.content()).includes('Het bestand is bewaard'), 'the file is lost with the form');
  await plain.fill('#f-title', 'Brief van de school');
  await plain.click('main form button[type=submit]');
  await plain.waitForURL('**/mijn/bewijs?*');
  must((await plain.content()).includes('Brief van de school'), 'it is not on her list');
  const down = plain.waitForEvent('download');
  await plain.click('a:has-text("Downloaden"):has-text("Brief van de school")');
  must(/^document-[\d-]+\.pdf$/.test((await down).suggestedFilename()), 'the file is called ' + (await down).suggestedFilename());

  // Her caseworker sees the photo, upright and small, and says that it is right.
  await amira.goto(base + '/vandaag');
  await sees(amira, 'Identiteitskaart');
  await amira.goto(base + list + '?taal=nl');
  await check(amira, 'the list');
  await amira.click('#h-documenten ~ ul a:has-text("Identiteitskaart"), section:has(#h-documenten) a:has-text("Identiteitskaart")');
  const seen = await amira.locator('img.paper').evaluate(i => i.decode().then(() => [i.naturalWidth, i.naturalHeight]));
  must(seen[0] === 30 && seen[1] === 40, 'the preview is ' + seen);
  await check(amira, 'a document');
  await amira.click('button:has-text("Dit klopt")');
  await sees(amira, 'Goedgekeurd');
  await seesNot(amira, 'Dit klopt');
  for (const path of ['/punt/cl-selam-0', '/stuk/pc-selam-0-0', '/document', '/nieuw']) { await amira.goto(base + list + path); await check(amira, path); }
  await amira.goto(base + list + '/nieuw');
  await amira.click('main form button[type=submit]');
  await sees(amira, 'Kies wat bewezen moet worden');
  await check(amira, 'a form with a fault');
  await amira.goto(base + list + '?taal=ar'); // a colleague may read from right to left
  await check(amira, 'the list, from right to left');

  if (faults.length) throw new Error([...new Set(faults)].join('\n'));
  await browser.close();
})().catch(e => { console.error(e.message); process.exit(1); });
