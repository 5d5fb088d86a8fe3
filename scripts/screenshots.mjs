// Takes the pictures of docs/screenshots from the demo, each at most 150 kB.
//
//   npm run screenshots                 needs a Chromium, see CHROMIUM
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { root } from './lib/workspace.mjs';

const LIMIT = 150_000;
const PASSWORD = 'wizamart-demo';
const DESK = { width: 1280, height: 800 };
/** For pages whose ground changes colour, which makes large files. */
const SMALL = { width: 1024, height: 640 };
const PHONE = { width: 390, height: 780 };
const ADMIN = { email: 'admin@wizamart.example', login: '/admin/login' };
const OWNER = { email: 'owner@acme.example', login: '/platforms/oms/store/acme/login' };
const PICTURES = [
  { name: 'sign-in', path: '/platforms/oms/store/acme/login' },
  { name: 'admin-overview', path: '/admin/', who: ADMIN },
  { name: 'modules', path: '/admin/platforms/oms/modules', who: ADMIN },
  { name: 'modules-dark', path: '/admin/platforms/oms/modules', who: ADMIN, colorScheme: 'dark' },
  { name: 'store-dashboard', path: '/platforms/oms/store/acme/dashboard', who: OWNER },
  {
    name: 'store-dashboard-dark',
    path: '/platforms/oms/store/acme/dashboard',
    who: OWNER,
    colorScheme: 'dark',
  },
  { name: 'theme-editor', path: '/platforms/oms/store/acme/theme', who: OWNER },
  { name: 'block-editor', path: '/platforms/oms/store/acme/content-pages', who: OWNER, then: openPage },
  { name: 'storefront', path: '/platforms/oms/stores/acme/' },
  { name: 'storefront-phone', path: '/platforms/oms/stores/acme/', viewport: PHONE },
  { name: 'marketing', path: '/platforms/oms/', viewport: SMALL },
  { name: 'pricing', path: '/platforms/oms/pricing', viewport: SMALL },
];

const folder = path.join(root, 'docs/screenshots');
const data = mkdtempSync(path.join(tmpdir(), 'wizamart-pictures-'));
const port = await freePort();
const server = spawn(
  process.execPath,
  ['--import', 'tsx/esm', '--conditions=source', 'cli/src/main.ts', 'start'],
  {
    cwd: root,
    env: { ...process.env, PORT: String(port), WIZAMART_DATA: data, WIZAMART_LOG: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  },
);
try {
  await serves(`http://localhost:${port}/`);
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: chromiumFile(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    for (const picture of PICTURES) await take(browser, picture);
  } finally {
    await browser.close();
  }
} finally {
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
  rmSync(data, { recursive: true, force: true });
}

async function take(browser, { name, path: at, who, then, viewport = DESK, colorScheme = 'light' }) {
  const context = await browser.newContext({ viewport, colorScheme, locale: 'en', reducedMotion: 'reduce' });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const address = (below) => `http://localhost:${port}${below}`;
  if (who) {
    await page.goto(address(who.login));
    await page.locator('[name=email]').fill(who.email);
    await page.locator('[name=password]').fill(PASSWORD);
    await page.locator('main button[type=submit]').first().click();
    await page.waitForURL((url) => !url.pathname.endsWith('/login'));
  }
  const answer = await page.goto(address(at));
  if (answer?.status() === 404) {
    console.log(`${name}: there is no such page`);
    return context.close();
  }
  await then?.(page);
  await page.waitForLoadState('networkidle');
  const file = path.join(folder, `${name}.png`);
  await page.screenshot({ path: file });
  const { size } = statSync(file);
  console.log(`${name}: ${Math.round(size / 1_000)} kB`);
  if (size > LIMIT) throw new Error(`${file} has ${size} bytes, more than ${LIMIT}`);
  await context.close();
}

/** Into the editor of the first page that the store has written itself. */
async function openPage(page) {
  await page.locator('main table a[href*="/content-pages/"]').first().click();
  await page.waitForURL(/content-pages\/[0-9a-f-]{36}/);
}

function chromiumFile() {
  const file = [
    process.env['CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ].find((one) => one && existsSync(one));
  if (!file) throw new Error('no Chromium is installed (apt-get install chromium, or name one in CHROMIUM)');
  return file;
}

async function serves(url) {
  for (let tries = 0; tries < 600; tries++) {
    if (server.exitCode !== null) throw new Error('the server ended while starting');
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('the server did not start');
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
}
