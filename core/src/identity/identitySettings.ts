import { sessionSettingsSchema, type SessionSettings } from './sessionSettings.js';

/** How people sign in and for how long; from the configuration. */
export interface IdentitySettings {
  readonly sessions: SessionSettings;
  readonly loginLimits: {
    /** Failed tries per account within the window. */
    readonly perAccount: number;
    /** Failed tries per network address within the window. */
    readonly perAddress: number;
    readonly windowSeconds: number;
  };
  /** Fewest characters of a new password. */
  readonly passwordMinLength: number;
  /** How long an invitation can be accepted. */
  readonly invitationSeconds: number;
  /** How long a link to set a new password, or to confirm an address, is good. */
  readonly linkSeconds: number;
  /** How long an administrator may act as somebody at a stretch. */
  readonly impersonationSeconds: number;
  /** Whether super admins may do nothing before the second step is set up. */
  readonly requireTotp: boolean;
}

const HOUR = 3_600;

export const IDENTITY_SETTINGS: IdentitySettings = {
  sessions: sessionSettingsSchema.parse({}) as SessionSettings,
  loginLimits: { perAccount: 10, perAddress: 100, windowSeconds: 15 * 60 },
  passwordMinLength: 10,
  invitationSeconds: 7 * 24 * HOUR,
  linkSeconds: HOUR,
  impersonationSeconds: HOUR,
  requireTotp: false,
};
