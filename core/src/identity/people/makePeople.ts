import type { Database } from '../../database/Database.js';
import type { JobQueue } from '../../jobs/JobQueue.js';
import type { Mailer } from '../../mail/Mailer.js';
import type { Entitlements } from '../../modules/entitlements/Entitlements.js';
import type { SecretBox } from '../../modules/settings/secrets.js';
import { OwnAccount } from '../account/OwnAccount.js';
import { PasswordResets } from '../account/PasswordResets.js';
import type { Audit } from '../audit/Audit.js';
import { Authentication } from '../Authentication.js';
import { IDENTITY_SETTINGS, type IdentitySettings } from '../identitySettings.js';
import { Impersonation } from '../impersonation/Impersonation.js';
import { Acceptance } from '../invitations/Acceptance.js';
import { AdminInvitations } from '../invitations/AdminInvitations.js';
import { TeamInvitations } from '../invitations/TeamInvitations.js';
import { LoginLimits } from '../LoginLimits.js';
import { OneTimeTokens } from '../oneTime/OneTimeTokens.js';
import type { OutsideLinks } from '../OutsideLinks.js';
import { PasswordPolicy } from '../PasswordPolicy.js';
import type { Passwords } from '../Passwords.js';
import type { RateLimits } from '../RateLimits.js';
import { CustomRoles } from '../roles/CustomRoles.js';
import { PLATFORM_ROLES, TEAM_ROLES } from '../roles/roleKinds.js';
import { SecondStep } from '../SecondStep.js';
import { SessionList } from '../sessions/SessionList.js';
import type { Sessions } from '../Sessions.js';
import type { Signatures } from '../Signatures.js';
import { SignInTrail } from '../SignInTrail.js';
import type { StoreAccess } from '../StoreAccess.js';
import { RecoveryCodes } from '../totp/RecoveryCodes.js';
import { Totp } from '../totp/Totp.js';
import type { Users } from '../Users.js';
import { AdminUsers } from './AdminUsers.js';
import { Team } from './Team.js';

/** Who people are, what they may do, and how they sign in. */
export interface People {
  readonly account: OwnAccount;
  readonly passwordResets: PasswordResets;
  readonly totp: Totp;
  readonly sessionList: SessionList;
  readonly adminUsers: AdminUsers;
  readonly platformRoles: CustomRoles;
  readonly adminInvitations: AdminInvitations;
  readonly team: Team;
  readonly teamRoles: CustomRoles;
  readonly teamInvitations: TeamInvitations;
  readonly acceptance: Acceptance;
  readonly impersonation: Impersonation;
  readonly passwordPolicy: PasswordPolicy;
}

export interface PeopleGround {
  readonly database: Database;
  readonly audit: Audit;
  readonly users: Users;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly access: StoreAccess;
  readonly mail: Mailer;
  readonly jobs: JobQueue;
  readonly rateLimits: RateLimits;
  readonly signatures: Signatures;
  readonly box: SecretBox;
  readonly entitlements: Entitlements;
  readonly links: OutsideLinks;
  readonly settings?: IdentitySettings;
  /** Whose codes an app shows. */
  readonly issuer: string;
}

/** A second step may be tried as often as this, whoever knows the password. */
const SECOND_STEP_LIMITS = { perAccount: 5, perAddress: 50, windowSeconds: 15 * 60 };

/** Wires what belongs to people; made once for a server. */
export function makePeople(ground: PeopleGround): {
  readonly people: People;
  readonly authentication: Authentication;
} {
  const { database, audit, users, passwords, sessions, access, mail, jobs, rateLimits, links } = ground;
  const settings = ground.settings ?? IDENTITY_SETTINGS;
  const tokens = new OneTimeTokens({ database });
  const policy = new PasswordPolicy(settings.passwordMinLength);
  const limits = new LoginLimits({ database, settings: settings.loginLimits });
  const totp = new Totp({
    database,
    audit,
    box: ground.box,
    recovery: new RecoveryCodes({ signatures: ground.signatures }),
    issuer: ground.issuer,
  });
  const platformRoles = new CustomRoles({ database, audit }, PLATFORM_ROLES);
  const teamRoles = new CustomRoles({ database, audit }, TEAM_ROLES);
  const adminUsers = new AdminUsers({ database, audit, roles: platformRoles });
  const team = new Team({ database, audit, roles: teamRoles, entitlements: ground.entitlements });
  const inviting = {
    database,
    audit,
    mail,
    links,
    rateLimits,
    invitationSeconds: settings.invitationSeconds,
  };
  const account = {
    database,
    passwords,
    policy,
    tokens,
    mail,
    audit,
    links,
    linkSeconds: settings.linkSeconds,
  };
  return {
    people: {
      account: new OwnAccount({ ...account, users, limits, rateLimits }),
      passwordResets: new PasswordResets({ ...account, jobs, rateLimits }),
      totp,
      sessionList: new SessionList({ database, audit }),
      adminUsers,
      platformRoles,
      adminInvitations: new AdminInvitations({ ...inviting, adminUsers }),
      team,
      teamRoles,
      teamInvitations: new TeamInvitations({ ...inviting, team, entitlements: ground.entitlements }),
      acceptance: new Acceptance({
        database,
        passwords,
        policy,
        limits,
        audit,
        entitlements: ground.entitlements,
      }),
      impersonation: new Impersonation({
        database,
        tokens,
        sessions,
        access,
        audit,
        seconds: settings.impersonationSeconds,
      }),
      passwordPolicy: policy,
    },
    authentication: new Authentication({
      database,
      passwords,
      sessions,
      limits,
      access,
      trail: new SignInTrail({ database, audit }),
      secondStep: new SecondStep({
        database,
        tokens,
        totp,
        limits: new LoginLimits({ database, settings: SECOND_STEP_LIMITS }),
      }),
    }),
  };
}
