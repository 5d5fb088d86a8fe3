import { formatBootTree, type RunningServer } from '@wizamart/core/server';

/** What a person sees when the server is up: addresses, ways to sign in, modules. */
export function startScreen(server: RunningServer, milliseconds: number): string {
  const { parts, url } = server;
  const development = parts.config.environment !== 'production';
  const platforms = parts.tenants.platforms().filter((platform) => parts.states.hostOf(platform.host));
  const lines = ['', `Wizamart is ready after ${(milliseconds / 1000).toFixed(1)} s`, ''];
  if (development) {
    lines.push('Addresses');
    for (const platform of platforms) {
      const root = platform.code === 'main' ? `${url}/` : `${url}/platforms/${platform.code}/`;
      lines.push(`  ${platform.name.padEnd(22)} ${root}`);
    }
    lines.push(
      `  ${'Administration'.padEnd(22)} ${url}/admin/`,
      `  ${'Everything at a glance'.padEnd(22)} ${url}/__dev/`,
      `  ${'Mail preview'.padEnd(22)} ${url}/__dev/mail`,
    );
    if (parts.config.demo)
      lines.push(
        ...demoLines(
          url,
          platforms.some(({ code }) => code === 'oms'),
        ),
      );
  } else {
    for (const platform of platforms) lines.push(`  ${platform.name.padEnd(22)} https://${platform.domain}`);
  }
  lines.push('', 'Modules', ...moduleTable(server), '');
  const tree = formatBootTree(server.modules.kernel.report).split('\n');
  lines.push('Plugins, with the time each took', ...tree.map((line) => `  ${line}`), '');
  return `${lines.join('\n')}\n`;
}

/** The demo's stores are on the provider's own platforms; other hosts have its administrator only. */
function demoLines(url: string, hasStores: boolean): string[] {
  const account = (email: string, what: string): string => `  ${email.padEnd(28)} ${what}`;
  const administrator = [
    '',
    'Sign in with the password wizamart-demo',
    account('admin@wizamart.example', 'everything'),
  ];
  if (!hasStores) return administrator;
  return [
    `  ${'A store'.padEnd(22)} ${url}/platforms/oms/stores/acme/`,
    `  ${'Its dashboard'.padEnd(22)} ${url}/platforms/oms/store/acme/`,
    ...administrator,
    account('oms-admin@wizamart.example', 'the platform oms'),
    account('owner@acme.example', 'a merchant and its stores'),
    account('staff@acme.example', 'a store, without settings'),
    account('ada@customer.example', 'a customer of the store acme'),
  ];
}

function moduleTable({ parts, modules }: RunningServer): string[] {
  const platforms = parts.tenants.platforms().filter((platform) => parts.states.get(platform.id)?.host);
  const codes = modules.kernel.graph.order;
  const width = Math.max(...codes.map((code) => code.length), 6);
  const head = `  ${''.padEnd(width)}  ${platforms.map((platform) => platform.code.padEnd(14)).join('')}`;
  const rows = codes.map((code) => {
    const failed = modules.kernel.report.find((entry) => entry.code === code && entry.state !== 'ready');
    const cells = platforms.map((platform) => {
      const state = parts.states.get(platform.id);
      const word = !state?.composed.has(code) ? '–' : state.snapshot.isOn(code) ? 'on' : 'off';
      return word.padEnd(14);
    });
    return `  ${code.padEnd(width)}  ${failed ? `${failed.state}: ${failed.reason}` : cells.join('')}`;
  });
  return [head.trimEnd(), ...rows.map((row) => row.trimEnd())];
}
