import { writeFile } from 'node:fs/promises';
import { defineCommand } from 'citty';
import { openApiDocument, type Snapshot } from '@wizamart/core/server';
import { withPlatform } from '../installation/withServer.js';
import { print } from '../output/print.js';

export const openapi = defineCommand({
  meta: {
    name: 'openapi',
    description: 'Writes the OpenAPI 3.1 document of a platform: exactly the modules that are on.',
  },
  args: {
    platform: { type: 'positional', required: true, description: 'Code of the platform.' },
    out: { type: 'string', description: 'File to write; left out: standard output.' },
    compact: { type: 'boolean', description: 'On one line.' },
  },
  run: ({ args }) =>
    withPlatform(args.platform, 'openapi', async (_server, ctx) => {
      const address = ctx.links.canonical('/').replace(/\/$/, '');
      const document = openApiDocument(ctx.snapshot as Snapshot, ctx.platform, address);
      const text = JSON.stringify(document, null, args.compact ? 0 : 2);
      if (args.out === undefined) print(text);
      else await writeFile(args.out, `${text}\n`);
    }),
});
