/** Stripe counts whole seconds. */
export const dateOf = (seconds: number): Date => new Date(seconds * 1_000);
export const dateOrNull = (seconds: number | null | undefined): Date | null =>
  seconds === null || seconds === undefined ? null : dateOf(seconds);
export const secondsOf = (date: Date): number => Math.floor(date.getTime() / 1_000);

/** The id of what Stripe gives as an id, or whole where it was asked to expand it. */
export const idOf = (reference: string | { readonly id: string }): string =>
  typeof reference === 'string' ? reference : reference.id;
export const idOrNull = (reference: string | { readonly id: string } | null | undefined): string | null =>
  reference === null || reference === undefined ? null : idOf(reference);
