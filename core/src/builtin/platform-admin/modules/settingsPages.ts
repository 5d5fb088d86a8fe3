import { z } from 'zod';
import { NotFound } from '../../../errors/common.js';
import { DomainError, type FieldError } from '../../../errors/defineError.js';
import { sayFields } from '../../../errors/saying.js';
import { flash } from '../../../http/flash/flash.js';
import {
  defineRoute,
  redirect,
  view,
  type Redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../../kernel/route.js';
import { ModuleSettingsChanged } from '../../../modules/enablement/errors.js';
import { settingsFields } from '../../../modules/settings/settingsFields.js';
import { readSettingsForm } from '../../../modules/settings/settingsForm.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { moduleTexts } from './moduleTexts.js';
import { settingsView } from './settingsView.js';

const module = z.string().min(1).max(50);

/** A module's settings as a form that its own schema makes; for modules that are off too, before they are turned on. */
export const settingsPages = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/modules/:module/settings',
    surface: 'admin',
    kind: 'page',
    access: 'platform-admin.modules.view',
    menu: 'modules',
    input: z.object({ module }),
    example: { module: 'cms' },
    handle: (ctx, input) => {
      requireHere(parts, ctx, input.module);
      return view('core/module-settings', settingsView(parts, ctx, { module: input.module }));
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/modules/:module/settings',
    surface: 'admin',
    kind: 'page',
    access: 'platform-admin.modules.edit',
    menu: 'modules',
    input: z.object({
      module,
      version: z.string().max(20).optional(),
      config: z.record(z.string(), z.unknown()).default({}),
    }),
    example: { module: 'cms', config: {} },
    handle: async (ctx, input) => {
      requireHere(parts, ctx, input.module);
      return save(parts, ctx, input);
    },
  }),
];

/** Modules that the platform does not have, or that have nothing to set, have no page. */
function requireHere({ states, settings }: CoreParts, ctx: RouteContext, code: string): void {
  if (states.get(ctx.platform.id)?.composed.has(code) !== true) throw new NotFound({});
  settings.schemaOf(code);
}

interface Sent {
  readonly module: string;
  readonly version?: string | undefined;
  readonly config: Readonly<Record<string, unknown>>;
}

async function save(
  parts: CoreParts,
  ctx: RouteContext,
  { module: code, version, config }: Sent,
): Promise<View | Redirect> {
  const refused = (problem: string | null, errors: readonly FieldError[], status: number): View =>
    view('core/module-settings', settingsView(parts, ctx, { module: code, typed: config, problem, errors }), {
      status,
    });
  const read = readSettingsForm(settingsFields(parts.settings.schemaOf(code)), config);
  if (read.errors.length > 0) return refused(null, read.errors, 422);
  try {
    await parts.modules.configure(ctx, code, read.values, { version });
  } catch (error) {
    if (error instanceof ModuleSettingsChanged) return refused('core.modules.settings.changed', [], 409);
    if (error instanceof DomainError && error.errors) return refused(null, sayFields(error), error.status);
    throw error;
  }
  return redirect(
    ctx.links.to('admin', '/modules'),
    303,
    flash(ctx, {
      kind: 'success',
      key: 'core.modules.settings.saved',
      values: { module: moduleTexts(parts, ctx).name(code) },
    }),
  );
}
