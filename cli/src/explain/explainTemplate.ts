import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { coreTemplates, type RunningServer } from '@wizamart/core/server';
import { unknown } from '../errors.js';
import { ownPackages } from '../installation/packages.js';
import { codeFiles } from '../installation/sourceFiles.js';
import { platformsWith, type Explanation } from './Explanation.js';

export async function explainTemplate(server: RunningServer, name: string): Promise<readonly Explanation[]> {
  const all = templatesOf(server);
  const file = all.get(name);
  if (file === undefined) throw unknown('template', name, [...all.keys()]);
  const plugin = name.slice(0, name.indexOf('/'));
  const [, comment] = /^\{\{!--([\s\S]*?)--\}\}/.exec(readFileSync(file, 'utf8')) ?? [];
  return [
    {
      what: 'template',
      name,
      facts: {
        file: path.relative(process.cwd(), file),
        ...(comment === undefined ? {} : { says: comment.trim() }),
        'is on at': platformsWith(server, plugin),
        'used in': usesOf(name),
        'as a part in': [...all]
          .filter(([, other]) => readFileSync(other, 'utf8').includes(`{{> ${name}`))
          .map(([other]) => other),
      },
    },
  ];
}

function templatesOf(server: RunningServer): Map<string, string> {
  const folders = [...server.modules.installed.values()].flatMap(({ plugin }) =>
    plugin.templates ? [[plugin.code, plugin.templates] as const] : [],
  );
  return new Map(
    [['core', coreTemplates] as const, ...folders].flatMap(([code, folder]) => {
      const place = fileURLToPath(folder);
      if (!existsSync(place)) return [];
      return readdirSync(place, { recursive: true })
        .map(String)
        .filter((file) => file.endsWith('.hbs'))
        .map(
          (file) =>
            [`${code}/${file.slice(0, -4).split(path.sep).join('/')}`, path.join(place, file)] as const,
        );
    }),
  );
}

function usesOf(name: string): string[] {
  return ownPackages().flatMap(({ folder }) =>
    codeFiles(folder).flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, i) =>
          line.includes(`'${name}'`) || line.includes(`"${name}"`)
            ? [`${path.relative(process.cwd(), file)}:${i + 1}`]
            : [],
        ),
    ),
  );
}
