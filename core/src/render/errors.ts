import { defineError } from '../errors/defineError.js';

/** The name of a template leads to no file. */
export const TemplateNotFound = defineError<{ template: string; plugin: string; file: string }>({
  code: 'TEMPLATE_NOT_FOUND',
  status: 500,
  message: (d) =>
    `The template '${d.template}' of plugin '${d.plugin}' does not exist: add the file ${d.file} or correct the name.`,
});

/** A page asked for a template of a module that is off on its platform. */
export const TemplateOfDisabledModule = defineError<{ template: string; plugin: string }>({
  code: 'TEMPLATE_OF_DISABLED_MODULE',
  status: 500,
  message: (d) =>
    `The template '${d.template}' belongs to the module '${d.plugin}', which is off on this platform.`,
});

/** A template cannot be read as Handlebars, or asks for what does not exist. */
export const TemplateInvalid = defineError<{
  template: string;
  file: string;
  line: number | null;
  reason: string;
}>({
  code: 'TEMPLATE_INVALID',
  status: 500,
  message: (d) =>
    `The template '${d.template}' (${d.file}${d.line ? `:${d.line}` : ''}) is not valid: ${d.reason}`,
});

/** A template failed while it was rendered; `cause` is what went wrong. */
export const RenderFailed = defineError<{
  template: string;
  file: string;
  line: number | null;
  reason: string;
}>({
  code: 'RENDER_FAILED',
  status: 500,
  message: (d) => `The template '${d.template}' (${d.file}${d.line ? `:${d.line}` : ''}) failed: ${d.reason}`,
});

export const AssetNotFound = defineError<{ plugin: string; file: string }>({
  code: 'ASSET_NOT_FOUND',
  status: 500,
  message: (d) =>
    `The plugin '${d.plugin}' has no asset '${d.file}': add the file to its assets folder or correct the name.`,
});

export const IconNotFound = defineError<{ icon: string }>({
  code: 'ICON_NOT_FOUND',
  status: 500,
  message: (d) => `There is no icon '${d.icon}': use one of templates/icons or add its file there.`,
});
