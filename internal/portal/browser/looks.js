// The pages of a telephone in Arabic and in Tigrinya look as they did: each is compared with a stored picture of it, small and grey.
// With REISGEZEL_LOOKS=write the pictures are made anew; look at them before they are kept.
const { base, open, must } = require('lib');
const fs = require('fs'), path = require('path');
const shelf = path.join(process.env.LOOKS, 'looks');

// A picture differs when more of it is another shade than fonts of another release explain.
const shadeMost = 40, partMost = 0.03;
const width = 130;

(async () => {
  const { browser, person, faults } = await open();
  const desk = await (await browser.newContext()).newPage(); // pictures are made small here, where no policy of a page stands in the way
  const small = png => desk.evaluate(async ([data, width]) => {
    const i = new Image(); i.src = data; await i.decode();
    const c = document.createElement('canvas'); c.width = width; c.height = Math.round(i.height * width / i.width);
    const x = c.getContext('2d'); x.imageSmoothingQuality = 'high'; x.filter = 'grayscale(1)'; x.drawImage(i, 0, 0, c.width, c.height);
    const px = x.getImageData(0, 0, c.width, c.height).data, grey = [];
    for (let k = 0; k < px.length; k += 4) grey.push(px[k]);
    return { png: c.toDataURL('image/png'), h: c.height, grey };
  }, ['data:image/png;base64,' + png.toString('base64'), width]);

  for (const card of ['', 'reem 3479']) {
    const phone = await person({ viewport: { width: 390, height: 844 } });
    const pages = ['/taal', '/mijn/inloggen'];
    if (card) { // the pages of a person are looked at in both languages
      await phone.goto(base + '/mijn/inloggen?taal=ar');
      await phone.fill('[name=code]', card);
      await phone.locator('main button, main a', { hasText: 'متابعة' }).first().click();
      await phone.fill('[name=nieuw]', '4815');
      await phone.fill('[name=pin2]', '4815');
      await phone.locator('main button, main a', { hasText: 'اختيار الرمز' }).first().click();
      await phone.getByText('أهلًا').first().waitFor();
      pages.splice(0, 2, '/mijn', '/mijn/gegevens', '/mijn/instellingen');
    }
    for (const p of pages) for (const tag of ['ar', 'ti']) {
      await phone.goto(base + p + '?taal=' + tag);
      const now = await small(await phone.screenshot({ fullPage: false }));
      const file = path.join(shelf, tag + p.replaceAll('/', '-') + '.png');
      if (process.env.REISGEZEL_LOOKS === 'write') {
        fs.mkdirSync(shelf, { recursive: true });
        fs.writeFileSync(file, Buffer.from(now.png.split(',')[1], 'base64'));
        continue;
      }
      const was = await small(fs.readFileSync(file));
      must(was.h === now.h, `${file}: another shape`);
      let other = 0;
      for (let i = 0; i < now.grey.length; i++) if (Math.abs(now.grey[i] - was.grey[i]) > shadeMost) other++;
      const part = other / now.grey.length;
      console.log(`${tag} ${p}: ${(part * 100).toFixed(1)}% is another shade`);
      if (part > partMost) faults.push(`${tag} ${p} looks different: ${(part * 100).toFixed(1)}% is another shade; see ${file}`);
    }
  }
  await browser.close();
  must(faults.length === 0, faults.join('\n'));
})().catch(e => { console.error(e); process.exit(1); });
