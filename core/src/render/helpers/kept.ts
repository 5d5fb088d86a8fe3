import Handlebars from 'handlebars';
import type { KeptPartials } from '../KeptPartials.js';
import { textArgument, type Helper, type HelperCall } from './helper.js';

/** Draws a partial with nothing around it but the texts of a language. */
export type DrawPartial = (
  name: string,
  given: object,
  words: HelperCall['data']['frame']['words'],
) => string;

/**
 * `{{kept 'site-header' menu=frame.menu}}`: a partial with what is given, drawn once for all pages that give the same.
 *
 * The partial sees what it is given and the texts, no frame: no links, assets of modules, or dates.
 */
export const keptHelper =
  (kept: KeptPartials, draw: DrawPartial): Helper =>
  (partial: unknown, { hash, ...call }: HelperCall): unknown => {
    const name = textArgument(partial, 'the partial of kept', { hash, ...call });
    const { words } = call.data.frame;
    return new Handlebars.SafeString(kept.html(name, hash, words, () => draw(name, hash, words)));
  };
