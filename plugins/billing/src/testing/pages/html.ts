import type { Invoice } from '../state/kinds.js';

/** The pages of the local server. English only: they stand in for Stripe's own, which are not ours to word. */

const page = (title: string, body: string, script?: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/v3/pages.css">
${script === undefined ? '' : `<script src="${script}" defer></script>`}
</head>
<body>
${body}
</body>
</html>
`;

const CARD_FIELDS = `<label>Card number <input name="number" inputmode="numeric" autocomplete="cc-number" placeholder="4242 4242 4242 4242" required></label>
<label>Expiry (MM/YY) <input name="expiry" inputmode="numeric" autocomplete="cc-exp" placeholder="12/30" required></label>
<label>Security code <input name="cvc" inputmode="numeric" autocomplete="cc-csc" placeholder="123" required></label>`;

export const cardPage = (): string =>
  page(
    'Card',
    `<form id="card" class="card" novalidate>${CARD_FIELDS}<p id="problem" role="alert" hidden></p></form>`,
    '/v3/card.js',
  );

export const challengePage = (action: string): string =>
  page(
    '3-D Secure',
    `<main><h1>Your bank asks</h1>
<p>This stands in for the page of a bank: it asks whether it was you.</p>
<form method="post" action="${action}">
<button name="outcome" value="complete">Complete authentication</button>
<button name="outcome" value="fail" class="secondary">Fail authentication</button>
</form></main>`,
  );

export const donePage = (confirmed: boolean): string =>
  page(
    '3-D Secure',
    `<main><h1>${confirmed ? 'Confirmed' : 'Not confirmed'}</h1><p>You can close this page.</p></main>`,
    '/v3/challenge.js',
  );

export const missingPage = (): string => page('Not found', '<main><h1>There is nothing here</h1></main>');

export function invoicePage(
  invoice: Invoice,
  { waits, problem }: { readonly waits: boolean; readonly problem: string | null },
): string {
  const action = `/v3/invoice/${invoice.id}`;
  const amount = `${(invoice.amount_due / 100).toFixed(2)} ${invoice.currency.toUpperCase()}`;
  const alert = problem === null ? '' : `<p role="alert">${escaped(problem)}</p>`;
  const form = waits
    ? `<p>The bank asks to confirm this payment.</p><form method="post" action="${action}">
<button name="outcome" value="complete">Complete authentication</button>
<button name="outcome" value="fail" class="secondary">Fail authentication</button></form>`
    : `<form method="post" action="${action}" class="card">${CARD_FIELDS}<button>Pay ${amount}</button></form>`;
  const state =
    invoice.status === 'open' ? form : `<p role="status">This invoice is ${invoice.status ?? ''}.</p>`;
  return page(
    `Invoice ${invoice.number ?? ''}`,
    `<main><h1>Invoice ${escaped(invoice.number ?? invoice.id)}</h1><p>${amount}</p>${alert}${state}</main>`,
  );
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
