import { textArgument, type Helper, type HelperCall } from './helper.js';

const NOTHING = 'blocks/none';

/**
 * `{{> (blockTemplate block.type) block}}`: the partial that draws a kind of content block.
 *
 * A module's template where it brings one, else the shared `blocks/…`; a block whose module is off draws nothing.
 */
export function blockTemplateHelper(shared: ReadonlySet<string>): Helper {
  const names = new Map([...shared].map((name) => [typeOf(name), name]));
  return (type: unknown, call: HelperCall): string => {
    const name = textArgument(type, 'the type of a block', call);
    return call.data.frame.blocks.get(name) ?? names.get(name) ?? NOTHING;
  };
}

/** `blocks/rich-text` → `richText` */
const typeOf = (name: string): string =>
  name.slice('blocks/'.length).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
