import type Stripe from 'stripe';
import type { Card } from '../gatewayTypes.js';

/** What may be shown of a card. */
export const toCard = ({ card }: Stripe.PaymentMethod): Card => ({
  brand: card?.brand ?? 'unknown',
  last4: card?.last4 ?? '',
  expMonth: card?.exp_month ?? 0,
  expYear: card?.exp_year ?? 0,
});
