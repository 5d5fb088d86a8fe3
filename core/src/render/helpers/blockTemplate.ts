import { textArgument, type Helper, type HelperCall } from './helper.js';

const NOTHING = 'blocks/none';

/**
 * `{{> (blockTemplate block.type) block}}`: the partial that draws a kind of content block.
 *
 * A module's template where it brings one, else the shared `blocks/…`; a block whose module is off draws nothing.
 */
export const blockTemplateHelper =
  (shared: ReadonlySet<string>): Helper =>
  (type: unknown, call: HelperCall): string => {
    const name = textArgument(type, 'the type of a block', call);
    const ofModule = call.data.frame.blocks.get(name);
    if (ofModule !== undefined) return ofModule;
    const own = sharedBlockName(name);
    return shared.has(own) ? own : NOTHING;
  };

/** `richText` → `blocks/rich-text` */
const sharedBlockName = (type: string): string =>
  `blocks/${type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
