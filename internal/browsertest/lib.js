// What the browser tests share: a headless Chromium, people who sign in, and checks that speak plainly when they fail.
const { chromium } = require('playwright-core');
const fs = require('fs');

const base = process.env.BASE;
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

// open starts a browser. person is somebody with cookies of their own; faults gathers what nobody may ever see.
async function open(faults = [], more = []) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: flags.concat(more) });
  async function person(options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'nl-NL', reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(10000);
    page.on('response', r => { if (r.status() >= 500) faults.push(`${r.status()} ${r.url()}`); });
    page.on('console', m => { if (m.type() === 'error' && /Content Security/.test(m.text())) faults.push(m.text()); });
    return page;
  }
  return { browser, person, faults };
}

// signIn is one press on the sign-in page of a demonstration.
async function signIn(page, who) {
  await page.goto(base + '/inloggen');
  await page.locator('form', { has: page.locator(`input[value="${who}"]`) }).locator('button').click();
  await page.waitForURL(u => !u.pathname.startsWith('/inloggen'));
}

function must(ok, what) { if (!ok) throw new Error(what); }

async function sees(page, text) { must((await page.innerText('body')).includes(text), `"${text}" is not on ${page.url()}:\n${(await page.innerText('body')).slice(0, 800)}`); }
async function seesNot(page, text) { must(!(await page.content()).includes(text), `"${text}" is on ${page.url()} and must not be`); }

// raw asks for an address with the page's session and gives status and bytes.
async function raw(page, path) {
  const r = await page.request.get(base + path, { maxRedirects: 0 });
  return r.status() + '\n' + await r.text();
}

const axeText = process.env.AXE_JS ? fs.readFileSync(process.env.AXE_JS, 'utf8') : '';
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// axe runs the accessibility checker through the debugger, so that the page's own policy stays as it is.
// A test that holds a session of the debugger already hands it over: letting go of one takes away what the other set up.
async function axe(page, held) {
  const cdp = held || await page.context().newCDPSession(page);
  // A page that is looked at again in another size has the checker already.
  const has = await cdp.send('Runtime.evaluate', { returnByValue: true, expression: 'typeof axe' });
  if (has.result.value === 'undefined') await cdp.send('Runtime.evaluate', { expression: axeText });
  const r = await cdp.send('Runtime.evaluate', { awaitPromise: true, returnByValue: true, expression:
    `axe.run(document,{runOnly:${JSON.stringify(tags)},resultTypes:['violations']}).then(r=>JSON.stringify(r.violations.map(v=>v.id+': '+v.nodes.slice(0,2).map(n=>n.target+' '+n.html.slice(0,140)).join(' | '))))` });
  if (!held) await cdp.detach();
  return JSON.parse(r.result.value);
}

// fair writes down what keeps anybody from using a page as it stands: what the checker finds, and scrolling sideways.
async function fair(page, what, faults) {
  for (const v of await axe(page)) faults.push(`${what}: ${v}`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 0) faults.push(`${what}: scrolls ${over} px sideways`);
  // What is hidden waits for a script: where it is seen all the same, it is a button that does nothing.
  for (const x of await page.evaluate(() => [...document.querySelectorAll('[hidden]')].filter(e => e.getClientRects().length).map(e => e.outerHTML.slice(0, 120)))) faults.push(`${what}: hidden, and seen: ${x}`);
}

// play takes one step at a time: a test sends its name on a line of its own and waits for "ok", and changes the house
// between the steps. It is called when everything is set up: lines that came before would be lost.
async function play(steps, page, faults) {
  for await (const line of require('readline').createInterface({ input: process.stdin })) {
    try {
      await steps[line]();
      if (faults.length) throw new Error(faults.join('\n'));
      console.log('ok');
    } catch (e) {
      console.log(`failed at ${page.url()}: ${e.message} ${await page.innerText('body').catch(() => '')}`.replace(/\s+/g, ' '));
      break;
    }
  }
}

module.exports = { base, flags, chromium, open, signIn, must, sees, seesNot, raw, axe, fair, play };
