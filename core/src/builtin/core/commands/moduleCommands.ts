import type { CommandResult } from '../../../kernel/commands.js';
import type { RouteContext } from '../../../kernel/route.js';
import { settingsFields } from '../../../modules/settings/settingsFields.js';
import { isGlobalPlatform } from '../../../tenancy/globalPlatform.js';
import { moduleTexts, type ModuleTexts } from '../../platform-admin/modules/moduleTexts.js';
import { may } from '../../views/words.js';
import type { CoreParts } from '../CoreParts.js';
import type { Asked } from './pageCommands.js';

/** Settings of modules by what their fields are called, and turning modules on and off. */
export function moduleCommands(parts: CoreParts, ctx: RouteContext, asked: Asked): CommandResult[] {
  if (ctx.surface !== 'admin' || isGlobalPlatform(ctx.platform) || !may(ctx, 'platform-admin.modules.view'))
    return [];
  const texts = moduleTexts(parts, ctx);
  return [...settings(parts, ctx, texts, asked), ...switches(parts, ctx, texts, asked)];
}

function settings(parts: CoreParts, ctx: RouteContext, texts: ModuleTexts, { fits }: Asked): CommandResult[] {
  return parts.modules
    .list(ctx)
    .modules.filter(({ hasSettings }) => hasSettings)
    .flatMap(({ code }) => {
      const path = `/modules/${code}/settings`;
      const common = { group: 'core.search.settings', path, icon: 'adjustments-horizontal' };
      const fields = settingsFields(parts.settings.schemaOf(code))
        .map((field) => texts.field(code, field))
        .filter((label) => fits(`${texts.name(code)} ${label}`));
      return fields.map((label) => ({ ...common, label, detail: texts.name(code) }));
    });
}

function switches(parts: CoreParts, ctx: RouteContext, texts: ModuleTexts, { fits }: Asked): CommandResult[] {
  if (!may(ctx, 'platform-admin.modules.edit')) return [];
  return parts.modules.list(ctx).modules.flatMap(({ code, isCore, isOn }) => {
    const label = texts.words.text(isOn ? 'core.search.turnOff' : 'core.search.turnOn', {
      module: texts.name(code),
    });
    if (isCore || !fits(`${label} ${code}`)) return [];
    const path = `/modules?${isOn ? 'disable' : 'enable'}=${code}`;
    return [{ group: 'core.search.actions', label, path, icon: isOn ? 'plug-x' : 'plug-connected' }];
  });
}
