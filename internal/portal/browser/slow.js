// On a poor line and an old telephone the largest thing on a page stands there within two and a half seconds: 400 kbit/s, 400 ms
// for every answer, a processor six times as slow, nothing kept from before. A busy machine only makes a page slower, never faster, so
// the best of five counts.
const { base, open, must } = require('lib');
const most = 2500;

(async () => {
  const { browser, person, faults } = await open();
  for (const p of ['/taal?taal=ar', '/mijn/inloggen?taal=ti']) {
    let best = Infinity;
    for (let i = 0; i < 5 && best > most; i++) {
      const phone = await person({ viewport: { width: 390, height: 844 } });
      phone.setDefaultTimeout(60000);
      const cdp = await phone.context().newCDPSession(phone);
      await cdp.send('Network.enable');
      await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 400 * 1024 / 8, uploadThroughput: 400 * 1024 / 8 });
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: 6 });
      await phone.goto(base + p, { waitUntil: 'load', timeout: 60000 });
      const lcp = await phone.evaluate(() => new Promise(done => {
        let at = 0;
        new PerformanceObserver(l => { for (const e of l.getEntries()) at = e.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
        setTimeout(() => done(at), 1500);
      }));
      if (lcp > 0) best = Math.min(best, lcp);
      await phone.context().close();
    }
    console.log(`${p}: the largest thing stands there after ${Math.round(best)} ms`);
    if (best > most) faults.push(`${p} takes ${Math.round(best)} ms, more than ${most}`);
  }
  await browser.close();
  must(faults.length === 0, faults.join('\n'));
})().catch(e => { console.error(e); process.exit(1); });
