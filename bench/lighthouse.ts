// Lighthouse (mobile) of public pages of the built server, behind a proxy that ends TLS, as where it is served.
// Lighthouse itself comes by npx: too large a tool for the lockfile. Needs Chromium and openssl.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { root, startBuilt } from './lib/processes.js';
import { print, type Line } from './lib/table.js';

const LIGHTHOUSE = 'lighthouse@12.8.2';
const CHROMIUM = process.env['CHROME_PATH'] ?? '/usr/bin/chromium';
const PAGES = [
  ['marketing home', 'wizamart.lu', '/'],
  ['marketing home, oms', 'oms.lu', '/'],
  ['storefront landing', 'acme.oms.lu', '/'],
  ['content page', 'acme.oms.lu', '/about'],
  ['pricing', 'loyalty.lu', '/pricing'],
] as const;
const WANTED = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 } as const;
type Category = keyof typeof WANTED;

interface Report {
  readonly categories: Readonly<
    Record<
      Category,
      { readonly score: number; readonly auditRefs: readonly { id: string; weight: number }[] }
    >
  >;
  readonly audits: Readonly<Record<string, { readonly score: number | null; readonly title: string }>>;
}

const folder = mkdtempSync(path.join(tmpdir(), 'lighthouse-'));
const server = await startBuilt({
  WIZAMART_DATA: path.join(root, '.cache/bench/lighthouse'),
  WIZAMART_TRUST_PROXY: 'true',
});
const proxy = await openProxy(server.port);
const lines: Line[] = [];
try {
  for (const [what, host, page] of PAGES) lines.push(await measure(what, host, page));
} finally {
  proxy.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
print('Lighthouse, mobile: performance / accessibility / best practices / SEO', lines);

async function measure(what: string, host: string, page: string): Promise<Line> {
  const report = await audit(`https://${host}${page}`);
  const categories = Object.keys(WANTED) as Category[];
  const scores = categories.map((name) => Math.round(report.categories[name].score * 100));
  for (const text of findings(report, categories)) console.log(`  ${what}: ${text}`);
  return {
    what: `${what} (${host}${page})`,
    seen: scores.join(' / '),
    wanted: `≥ ${Object.values(WANTED).join(' / ')}`,
    holds: categories.every((name, i) => (scores[i] ?? 0) >= WANTED[name]),
  };
}

/** Tries again a few times: now and then the browser's trace misses the start of the page. */
async function audit(address: string, tries = 3): Promise<Report> {
  const { port } = proxy.address() as AddressInfo;
  const flags = [
    '--headless --no-sandbox --disable-gpu --ignore-certificate-errors --disable-background-networking',
    `--host-resolver-rules='MAP * 127.0.0.1:${port}'`,
  ].join(' ');
  try {
    const { stdout } = await promisify(execFile)(
      'npx',
      ['-y', LIGHTHOUSE, address, '--output=json', '--quiet', `--chrome-flags=${flags}`],
      { cwd: folder, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, CHROME_PATH: CHROMIUM } },
    );
    return JSON.parse(stdout) as Report;
  } catch (error) {
    if (tries > 1) return audit(address, tries - 1);
    throw error;
  }
}

/** What cost points. */
function findings({ categories, audits }: Report, names: readonly Category[]): string[] {
  return names.flatMap((name) =>
    categories[name].auditRefs
      .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
      .map(({ id }) => `${name}: ${audits[id]?.title ?? id} (${id})`),
  );
}

async function openProxy(port: number) {
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name)) as [string, string];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '1',
      '-subj',
      '/CN=wizamart',
      '-keyout',
      key,
      '-out',
      cert,
    ],
    { stdio: 'ignore' },
  );
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (incoming, outgoing) => {
    const headers = { ...incoming.headers, 'x-forwarded-proto': 'https' };
    const onward = request(
      { host: '127.0.0.1', port, path: incoming.url, method: incoming.method, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
