/** What happens with one of the test cards, as with Stripe's own. */
export interface TestCard {
  readonly brand: 'visa' | 'mastercard' | 'amex';
  /** When the card is kept for later. */
  readonly setup: 'ok' | 'authenticate' | Decline;
  /** When it is charged. `authenticate-once`: not any more when it was confirmed as it was kept. */
  readonly charge: 'ok' | 'authenticate' | 'authenticate-once' | Decline;
}

/** A refusal: Stripe's code, and the bank's reason. */
export interface Decline {
  readonly code: string;
  readonly declineCode: string | undefined;
  readonly message: string;
}

const declined = (declineCode: string, message = 'Your card was declined.'): Decline => ({
  code: 'card_declined',
  declineCode,
  message,
});
const generic = declined('generic_decline');
const noFunds = declined('insufficient_funds', 'Your card has insufficient funds.');
export const expired: Decline = {
  code: 'expired_card',
  declineCode: undefined,
  message: 'Your card has expired.',
};
const wrongCvc: Decline = {
  code: 'incorrect_cvc',
  declineCode: undefined,
  message: "Your card's security code is incorrect.",
};
const failing: Decline = {
  code: 'processing_error',
  declineCode: undefined,
  message: 'An error occurred while processing your card. Try again in a little bit.',
};

const good: TestCard = { brand: 'visa', setup: 'ok', charge: 'ok' };
const refusing = (decline: Decline): TestCard => ({ brand: 'visa', setup: decline, charge: decline });

/** By number. Any other number is refused as incorrect. */
export const TEST_CARDS: Readonly<Record<string, TestCard>> = {
  '4242424242424242': good,
  '5555555555554444': { ...good, brand: 'mastercard' },
  '378282246310005': { ...good, brand: 'amex' },
  '4000000000000002': refusing(generic),
  '4000000000009995': refusing(noFunds),
  '4000000000000069': refusing(expired),
  '4000000000000127': refusing(wrongCvc),
  '4000000000000119': refusing(failing),
  '4000000000000341': { brand: 'visa', setup: 'ok', charge: generic },
  '4000002500003155': { brand: 'visa', setup: 'authenticate', charge: 'authenticate-once' },
  '4000002760003184': { brand: 'visa', setup: 'authenticate', charge: 'authenticate' },
  '4000008260003178': { brand: 'visa', setup: 'authenticate', charge: noFunds },
};

/** Payment methods that tests name instead of a number. */
export const NAMED_CARDS: Readonly<Record<string, string>> = {
  pm_card_visa: '4242424242424242',
  pm_card_mastercard: '5555555555554444',
  pm_card_chargeDeclined: '4000000000000002',
  pm_card_chargeDeclinedInsufficientFunds: '4000000000009995',
  pm_card_chargeDeclinedExpiredCard: '4000000000000069',
  pm_card_chargeCustomerFail: '4000000000000341',
  pm_card_authenticationRequiredOnSetup: '4000002500003155',
  pm_card_authenticationRequired: '4000002760003184',
};

export const incorrectNumber: Decline = {
  code: 'incorrect_number',
  declineCode: undefined,
  message: 'Your card number is incorrect.',
};
