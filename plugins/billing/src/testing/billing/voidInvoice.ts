import { invalid } from '../http/ApiError.js';
import type { Invoice } from '../state/kinds.js';
import type { World } from '../state/World.js';
import { dropPending } from './outcomes.js';
import { raise } from './raise.js';

/** Nothing is owed any more; a change that waited for it is forgotten. */
export function voidInvoice(world: World, invoice: Invoice): Invoice {
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible')
    throw invalid(
      `You can only pass in open invoices. This invoice isn't open.`,
      undefined,
      'invoice_not_editable',
    );
  invoice.status = 'void';
  invoice.next_payment_attempt = null;
  invoice.amount_remaining = 0;
  invoice.status_transitions.voided_at = world.now;
  const intent = world.all('payment_intent').find(({ _invoice }) => _invoice === invoice.id);
  if (intent) {
    const own = world.get('payment_intent', intent.id);
    own.status = 'canceled';
    own.canceled_at = world.now;
    own.cancellation_reason = 'void_invoice';
    own.next_action = null;
    raise(world, 'payment_intent.canceled', own);
  }
  raise(world, 'invoice.voided', invoice);
  dropPending(world, invoice.id);
  return invoice;
}
