import type { Step } from './errors.js';
import type { SignUpRow } from './SignUpRow.js';

/** The first step that is not done yet. `confirm` lies between the account and the card. */
export function nextStep({
  business,
  account,
  confirmedAt,
}: Pick<SignUpRow, 'business' | 'account' | 'confirmedAt'>): Step | 'confirm' {
  if (business === null) return 'business';
  if (account === null) return 'account';
  if (confirmedAt === null) return 'confirm';
  return account.kind === 'new' && account.passwordHash === null ? 'account' : 'card';
}
