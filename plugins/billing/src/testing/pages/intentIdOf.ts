import type { LocalStripe } from '../LocalStripe.js';

/** The payment that an invoice waits for. */
export async function intentIdOf(
  stripe: LocalStripe,
  account: string,
  invoiceId: string,
): Promise<string | undefined> {
  const intents = await stripe.objects(account, 'payment_intent');
  return intents.find(({ _invoice }) => _invoice === invoiceId)?.id;
}
