import type { IconSet } from '../IconSet.js';
import { HelperMisuse, textArgument, type Helper, type HelperCall } from './helper.js';

/**
 * `{{icon 'package'}}`: an inlined icon. `{{icon item.icon fallback='circle-check'}}` for names that come
 * from content, which may be unknown here.
 */
export const iconHelper =
  (icons: IconSet): Helper =>
  (name: unknown, call: HelperCall): unknown => {
    const { fallback } = call.hash;
    if (typeof fallback === 'string' && (typeof name !== 'string' || !icons.has(name)))
      return icons.svg(fallback);
    const icon = textArgument(name, 'the name of icon', call);
    if (!icons.has(icon))
      throw new HelperMisuse(
        call,
        `there is no icon '${icon}': use one of templates/icons or add its file there`,
      );
    return icons.svg(icon);
  };
