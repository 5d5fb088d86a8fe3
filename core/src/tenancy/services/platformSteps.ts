import { z } from 'zod';
import { THEME_PRESETS } from '../theme/presets.js';
import { languagesCheck, platformInput } from '../tenantInputs.js';

/** Steps of describing a new platform, in the order in which they are asked. */
export const PLATFORM_STEPS = ['name', 'domain', 'product', 'languages', 'branding'] as const;
export type PlatformStep = (typeof PLATFORM_STEPS)[number];

/** Which modules a new platform starts with: as its host package says, only what cannot be off, or all of them. */
export const MODULE_PRESETS = ['host', 'core', 'all'] as const;
export type ModulePreset = (typeof MODULE_PRESETS)[number];

export const PRESET_NAMES = Object.keys(THEME_PRESETS) as (keyof typeof THEME_PRESETS)[];

const fields = platformInput.shape;
/** An empty field of a form is no domain. */
const domain = z.preprocess((typed) => (typed === '' ? null : typed), fields.domain);

/** What each step asks. */
export const PLATFORM_STEP_INPUTS = {
  name: z.strictObject({ name: fields.name, code: fields.code }),
  domain: z.strictObject({ domain }),
  product: z.strictObject({ host: fields.host, modules: z.enum(MODULE_PRESETS, 'Choose one of these.') }),
  languages: languagesCheck,
  branding: z.strictObject({ theme: z.enum(PRESET_NAMES, 'Choose one of these.') }),
} as const satisfies Record<PlatformStep, z.ZodType>;

/** What was answered so far, by step. */
export type PlatformAnswers = {
  readonly [Step in PlatformStep]?: z.output<(typeof PLATFORM_STEP_INPUTS)[Step]>;
};

/** The first step without an answer; undefined when all are there. */
export const nextStep = (answers: PlatformAnswers): PlatformStep | undefined =>
  PLATFORM_STEPS.find((step) => answers[step] === undefined);
