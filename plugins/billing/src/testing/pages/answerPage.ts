import type { ServerResponse } from 'node:http';
import { intentIdOf } from './intentIdOf.js';
import type { LocalStripe } from '../LocalStripe.js';
import { fileAt } from './files.js';
import { cardPage, challengePage, donePage, invoicePage, missingPage } from './html.js';

/** As strict as our own pages; they are shown in frames of them. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";

export const isPagePath = (path: string): boolean => path.startsWith('/v3/');

/** Answers the script, the frame of the card field, the bank's page, and the page on which an invoice is paid. */
export async function answerPage(
  stripe: LocalStripe,
  method: string,
  { pathname }: URL,
  body: string,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('Content-Security-Policy', POLICY);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  response.setHeader('Cache-Control', 'no-store');
  const file = fileAt(pathname);
  if (file) {
    response.setHeader('Content-Type', file.type);
    response.end(file.body);
    return;
  }
  const form = new URLSearchParams(body);
  const [, , name, id = ''] = pathname.split('/');
  if (name === 'card') return html(response, 200, cardPage());
  if (name === 'challenge') return challenge(stripe, method, id, form, response);
  if (name === 'invoice') return invoice(stripe, method, id, form, response);
  html(response, 404, missingPage());
}

async function challenge(
  stripe: LocalStripe,
  method: string,
  id: string,
  form: URLSearchParams,
  response: ServerResponse,
): Promise<void> {
  if (method === 'GET') return html(response, 200, challengePage(`/v3/challenge/${id}`));
  const found = await stripe.answerChallenge(id, form.get('outcome') === 'complete');
  html(response, found ? 200 : 404, found ? donePage(form.get('outcome') === 'complete') : missingPage());
}

async function invoice(
  stripe: LocalStripe,
  method: string,
  id: string,
  form: URLSearchParams,
  response: ServerResponse,
): Promise<void> {
  const found = await stripe.findAnywhere('invoice', id);
  if (!found) return html(response, 404, missingPage());
  let problem: string | null = null;
  if (method === 'POST') {
    const intent = await intentIdOf(stripe, found.account, id);
    if (form.has('outcome') && intent !== undefined)
      await stripe.answerChallenge(intent, form.get('outcome') === 'complete');
    else problem = await payWith(stripe, found.account, id, form);
  }
  const now = await stripe.findAnywhere('invoice', id);
  const intents = await stripe.objects(found.account, 'payment_intent');
  const waits = intents.some(({ _invoice, status }) => _invoice === id && status === 'requires_action');
  html(response, 200, invoicePage((now ?? found).object, { waits, problem }));
}

/** Pays with another card, which becomes the customer's. @returns why not */
async function payWith(
  stripe: LocalStripe,
  account: string,
  id: string,
  form: URLSearchParams,
): Promise<string | null> {
  const post = async (path: string, fields: Record<string, string>): Promise<Record<string, unknown>> => {
    const { body } = await stripe.request(account, {
      method: 'POST',
      path,
      form: new URLSearchParams(fields).toString(),
      idempotencyKey: undefined,
      isPage: false,
    });
    return JSON.parse(body) as Record<string, unknown>;
  };
  const card = await post('/v1/payment_methods', {
    type: 'card',
    'card[number]': form.get('number') ?? '',
    'card[exp_month]': (form.get('expiry') ?? '').split('/')[0]?.trim() ?? '',
    'card[exp_year]': (form.get('expiry') ?? '').split('/')[1]?.trim() ?? '',
    'card[cvc]': form.get('cvc') ?? '',
  });
  if (card['error']) return messageOf(card);
  const invoice = await stripe.findAnywhere('invoice', id);
  const customer = invoice?.object.customer as string;
  const attached = await post(`/v1/payment_methods/${String(card['id'])}/attach`, { customer });
  if (attached['error']) return messageOf(attached);
  await post(`/v1/customers/${customer}`, { 'invoice_settings[default_payment_method]': String(card['id']) });
  const paid = await post(`/v1/invoices/${id}/pay`, { payment_method: String(card['id']) });
  const code = (paid['error'] as { code?: string } | undefined)?.code;
  return paid['error'] && code !== 'invoice_payment_intent_requires_action' ? messageOf(paid) : null;
}

const messageOf = (answer: Record<string, unknown>): string =>
  (answer['error'] as { message?: string }).message ?? 'The card was declined.';

function html(response: ServerResponse, status: number, page: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(page);
}
