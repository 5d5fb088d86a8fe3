import { defineCommand } from 'citty';
import { examine } from '../doctor/examine.js';
import type { Finding } from '../doctor/Finding.js';
import { green, red, yellow } from '../output/paint.js';
import { print, printJson } from '../output/print.js';

export const doctor = defineCommand({
  meta: {
    name: 'doctor',
    description:
      'Looks for what is wrong: packages, composition, configuration, database, domains. Each finding with its fix.',
  },
  args: {
    dns: {
      type: 'boolean',
      description: 'Also looks up the platforms’ domains; in production it always does.',
    },
    json: { type: 'boolean', description: 'Answer as JSON.' },
  },
  async run({ args }) {
    const findings = await examine({ dns: args.dns === true });
    const count = (level: Finding['level']): number =>
      findings.filter((finding) => finding.level === level).length;
    if (args.json) printJson({ errors: count('error'), warnings: count('warning'), findings });
    else print(...findings.flatMap(lines), '', `${count('error')} errors, ${count('warning')} warnings`);
    if (count('error') > 0) process.exitCode = 1;
  },
});

const MARKS = { ok: green('ok     '), warning: yellow('warning'), error: red('error  ') };

function lines({ level, check, message, fix }: Finding): string[] {
  return [
    `${MARKS[level]}  ${check}: ${message}`,
    ...(fix === undefined
      ? []
      : fix
          .split('\n')
          .map((line, i) => (i === 0 ? `         fix: ${line}` : `              ${line}`.trimEnd()))),
  ];
}
