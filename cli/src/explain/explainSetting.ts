import { z } from '@wizamart/core';
import type { RunningServer } from '@wizamart/core/server';
import { unknown } from '../errors.js';
import { declaredBy, type Explanation } from './Explanation.js';

/** A module's setting `module.field`; the module alone explains all of its settings. */
export async function explainSetting(server: RunningServer, name: string): Promise<readonly Explanation[]> {
  const all = settingsOf(server);
  const wanted = all.filter((setting) => setting.name === name || setting.plugin === name);
  if (wanted.length === 0)
    throw unknown(
      'setting',
      name,
      all.map((setting) => setting.name),
    );
  return Promise.all(wanted.map((setting) => explanationOf(server, setting)));
}

interface Setting {
  readonly name: string;
  readonly plugin: string;
  readonly field: string;
  readonly schema: z.ZodObject;
}

async function explanationOf(
  server: RunningServer,
  { name, plugin, field, schema }: Setting,
): Promise<Explanation> {
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).properties?.[field];
  const {
    default: standard,
    $schema: _dialect,
    ...type
  } = (typeof described === 'object' ? described : {}) as Record<string, unknown>;
  const declared = await declaredBy(server, plugin, [new RegExp(`\\b${field}: `)]);
  return {
    what: 'setting',
    name,
    facts: {
      ...declared,
      type: JSON.stringify(type),
      default: JSON.stringify(standard ?? null),
      values: declared['is on at'].map(
        (code) => `${code}: ${JSON.stringify(valueAt(server, code, plugin, field))}`,
      ),
    },
  };
}

/** Secrets come masked. */
function valueAt(server: RunningServer, code: string, plugin: string, field: string): unknown {
  const platform = server.parts.tenants.platformByCode(code);
  return (
    platform &&
    server.parts.settings.shown(server.contexts.forSystem('wizamart explain', platform), plugin)[field]
  );
}

function settingsOf(server: RunningServer): Setting[] {
  return [...server.modules.installed.values()].flatMap(({ plugin }) => {
    const schema = plugin.settings;
    return schema
      ? Object.keys(schema.shape).map((field) => ({
          name: `${plugin.code}.${field}`,
          plugin: plugin.code,
          field,
          schema,
        }))
      : [];
  });
}
