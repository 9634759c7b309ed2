// Shared by the readers of pages that wscope writes: a page opened from disk in Chromium, and axe.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { check } from './checks.mjs';

const axe = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** Opens a page; its errors, dialogs and requests go to `bad`. */
export async function openPage(browser, file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1300, height: 900 }, ...options });
  const page = await context.newPage();
  const target = pathToFileURL(file).href;
  const bad = [];
  page.on('console', message => bad.push(message.text()));
  page.on('pageerror', error => bad.push(error.message));
  page.on('dialog', dialog => { bad.push('a dialog'); dialog.dismiss(); });
  page.on('request', request => request.url() === target || bad.push(`asks for ${request.url()}`));
  await page.goto(target);
  return { page, bad, context };
}

/** Checks the page with axe; the script runs outside of the Content-Security-Policy. */
export async function accessible({ page, context }, name) {
  const session = await context.newCDPSession(page);
  const run = async expression => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description || exceptionDetails.text);
    return result.value;
  };
  await run(axe);
  const found = await run('axe.run().then(({ violations, passes }) => ({ passes: passes.length, violations: violations.map(v => `${v.id}: ${v.nodes.map(n => n.target).join(" ")} ${v.nodes[0].failureSummary}`) }))');
  check(`axe, ${name}`, found.passes > 15 && found.violations.length === 0, `${found.passes} passes; ${found.violations.join('\n')}`);
  if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png`, fullPage: true });
}

/** The policy of the page blocks any other script. */
export async function blocksScripts(page) {
  const blocked = await page.evaluate(() => new Promise(resolve => {
    document.addEventListener('securitypolicyviolation', event => resolve(event.violatedDirective));
    document.head.append(Object.assign(document.createElement('script'), { textContent: 'document.title = "owned"' }));
  }));
  check('the policy blocks other scripts', blocked.startsWith('script-src') && await page.title() !== 'owned', blocked);
}
