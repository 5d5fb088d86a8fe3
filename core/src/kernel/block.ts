import type { z } from 'zod';

/** A kind of content block that a plugin can render; `data` has passed `schema`. */
export interface BlockDefinition {
  readonly type: string;
  readonly schema: z.ZodType;
  /** `plugin/template` that shows it. */
  readonly template: string;
}
