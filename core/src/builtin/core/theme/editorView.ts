import { view, type RouteContext, type View } from '../../../kernel/route.js';
import { pictureChoices } from '../../../kernel/pictureChoices.js';
import type { CoreParts } from '../CoreParts.js';
import type { ThemeDesk } from './ThemeDesk.js';
import { themeView, type ThemeEditor } from './themeView.js';

/** The editor as it stands, with what was typed and what is wrong with it. */
export async function editorView(
  parts: CoreParts,
  desk: ThemeDesk,
  ctx: RouteContext,
  more: Partial<ThemeEditor>,
  status: number,
): Promise<View> {
  const [state, choices] = [await parts.themes.state(ctx), await parts.hooks.run(ctx, pictureChoices, [])];
  return view('core/theme', themeView(parts, ctx, { ...more, desk, state, choices }), { status });
}
