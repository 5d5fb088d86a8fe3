import type { FieldError } from '../../../errors/defineError.js';
import type { Words } from '../../views/words.js';

const SAYS: Readonly<Record<string, string>> = {
  name: 'name',
  colors: 'color',
  dark: 'color',
  fonts: 'font',
  layout: 'choice',
  picture: 'picture',
  file: 'file',
};

/** What is wrong with a theme, in the language of the page; the schema speaks English to programmes. */
export const themeErrors = (errors: readonly FieldError[], t: Words): readonly FieldError[] =>
  errors.map((error) => {
    const key = SAYS[error.path.split('.')[0] ?? ''];
    return key === undefined ? error : { ...error, message: t(`core.theme.invalid.${key}`) };
  });
