const SECRET =
  /pass(word|phrase)?$|password|secret|token|credential|authorization|cookie|api_?key|private_?key|otp|hash$/i;
const MASK = '•••';
const DEEPEST = 8;

/** A copy of what changed that is fit to be kept for ever: values under keys that name secrets are masked, at any depth. */
export const maskSecrets = (value: unknown, depth = 0): unknown => {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return MASK;
  if (Array.isArray(value)) return value.map((item) => maskSecrets(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      SECRET.test(key) && inner !== null ? MASK : maskSecrets(inner, depth + 1),
    ]),
  );
};
