import { secret, z } from '@wizamart/core';

const keyOf = (kinds: string): RegExp => new RegExp(`^(?:|(?:${kinds})_(?:test|live)_[A-Za-z0-9_]{4,250})$`);

/** Settings of a platform's payments; spread into those of the module. Empty keys mean the local server (not in production). */
export const stripeSettings = {
  stripeMode: z.enum(['test', 'live']).default('test').describe('Test or real money'),
  stripeSecretKey: secret()
    .regex(keyOf('sk|rk'), 'Starts with sk_test_ or sk_live_ (or rk_…).')
    .default('')
    .describe('Stripe: secret key'),
  stripeWebhookSecret: secret()
    .regex(/^(?:|whsec_[A-Za-z0-9+/=_-]{4,250})$/, 'Starts with whsec_.')
    .default('')
    .describe('Stripe: signing secret of the webhook'),
  stripePublishableKey: z
    .string()
    .regex(keyOf('pk'), 'Starts with pk_test_ or pk_live_.')
    .default('')
    .describe('Stripe: publishable key'),
};

/** What the settings amount to, as the gateway reads them. */
export interface StripeSettings {
  readonly stripeMode: 'test' | 'live';
  readonly stripeSecretKey: string;
  readonly stripeWebhookSecret: string;
  readonly stripePublishableKey: string;
}

/** A key's mode by its own words; null for none. */
export const modeOfKey = (key: string): 'test' | 'live' | null =>
  /^[a-z]+_live_/.test(key) ? 'live' : /^[a-z]+_test_/.test(key) ? 'test' : null;

/** For `billingSettings.check(…)`: test and live keys are not mixed, and a secret key is not entered alone. */
export function checkStripeKeys({
  value,
  issues,
}: {
  readonly value: StripeSettings;
  readonly issues: {
    push(issue: { code: 'custom'; path: string[]; message: string; input: unknown }): unknown;
  };
}): void {
  const refuse = (field: keyof StripeSettings, message: string): void => {
    issues.push({ code: 'custom', path: [field], message, input: '' });
  };
  for (const field of ['stripeSecretKey', 'stripePublishableKey'] as const) {
    const mode = modeOfKey(value[field]);
    if (mode !== null && mode !== value.stripeMode)
      refuse(field, `This is a key for ${mode} mode, the mode is '${value.stripeMode}'.`);
  }
  if (value.stripeSecretKey === '') return;
  if (value.stripePublishableKey === '')
    refuse('stripePublishableKey', 'Enter it together with the secret key.');
  if (value.stripeWebhookSecret === '')
    refuse('stripeWebhookSecret', 'Enter it together with the secret key.');
}
