/** Names of fields that say who somebody is, or let things be done. */
const PRIVATE =
  /secret|token|password|email|phone|address|^name$|fingerprint|client_secret|tax_?id|iban|^ip$/i;
const MASK = '•••';
const DEEPEST = 20;

/** A copy of what Stripe told that is fit for the eyes of administrators: persons and keys are masked. */
export function maskedPayload(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) return MASK;
  if (Array.isArray(value)) return value.map((item) => maskedPayload(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      PRIVATE.test(key) && inner !== null && inner !== '' ? MASK : maskedPayload(inner, depth + 1),
    ]),
  );
}
