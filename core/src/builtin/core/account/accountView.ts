import { LANGUAGES, type Language } from '../../../kernel/context.js';
import type { RouteContext, View } from '../../../kernel/route.js';
import { LANGUAGE_NAMES } from '../../../render/PageFrame.js';
import type { SessionListing } from '../../../identity/sessions/SessionList.js';
import type { TotpStatus } from '../../../identity/totp/Totp.js';
import { adminDetail, type Section } from '../../views/adminDetail.js';
import { adminForm, type FormField, type FormProblem } from '../../views/adminForm.js';
import type { Words } from '../../views/words.js';

export type DashboardSurface = 'admin' | 'store';
type T = Words;

const tabs = (
  t: T,
  ctx: RouteContext,
  surface: DashboardSurface,
  current: 'profile' | 'security',
): object[] => [
  {
    label: t('core.profile.title'),
    href: ctx.links.to(surface, '/profile'),
    isCurrent: current === 'profile',
  },
  {
    label: t('core.security.title'),
    href: ctx.links.to(surface, '/profile/security'),
    isCurrent: current === 'security',
  },
];

/** Name and language of the signed-in person. */
export function profileView(
  t: T,
  ctx: RouteContext,
  surface: DashboardSurface,
  values: { readonly name: string; readonly email: string; readonly language: string },
  problem?: FormProblem,
): View {
  return adminForm({
    head: { title: t('core.profile.title'), text: t('core.profile.text') },
    tabs: tabs(t, ctx, surface, 'profile'),
    action: ctx.links.to(surface, '/profile'),
    submit: t('core.form.save'),
    values,
    problem,
    groups: [
      {
        fields: [
          {
            name: 'name',
            label: t('core.profile.name'),
            kind: 'text',
            required: true,
            maxlength: 120,
            autocomplete: 'name',
          },
          {
            name: 'email',
            label: t('core.login.email'),
            kind: 'email',
            readonly: true,
            hint: t('core.profile.emailHint'),
          },
          {
            name: 'language',
            label: t('core.layout.language'),
            kind: 'select',
            options: [
              { value: '', label: t('core.profile.browserLanguage') },
              ...LANGUAGES.map((code: Language) => ({ value: code, label: LANGUAGE_NAMES[code] })),
            ],
          },
        ],
      },
    ],
  });
}

export interface SecurityFacts {
  readonly totp: TotpStatus;
  readonly sessions: readonly SessionListing[];
  readonly minLength: number;
  readonly email: string;
  readonly sessionId: string;
  readonly isImpersonated: boolean;
  readonly mustSetUpTotp: boolean;
}

/** Which form of the page was refused, and why. */
export interface SecurityProblem {
  readonly of: 'password' | 'email' | 'totp-off' | 'codes';
  readonly problem: FormProblem;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Password, address, second step and sessions of the signed-in person. */
export function securityView(
  t: T,
  ctx: RouteContext,
  surface: DashboardSurface,
  facts: SecurityFacts,
  refused?: SecurityProblem,
): View {
  const head = { title: t('core.security.title'), text: t('core.security.text') };
  const at = (path: string): string => ctx.links.to(surface, `/profile/${path}`);
  if (facts.isImpersonated)
    return adminDetail({
      head,
      tabs: tabs(t, ctx, surface, 'security'),
      notice: { kind: 'warning', text: t('core.errors.NOT_WHILE_IMPERSONATING') },
      main: [],
    });
  const form = (
    of: SecurityProblem['of'],
    section: { title: string; text: string; action: string; submit: string; fields: readonly FormField[] },
  ): Section => ({
    kind: 'form',
    id: `security-${of}`,
    title: section.title,
    text: section.text,
    action: at(section.action),
    submit: section.submit,
    groups: [{ fields: section.fields }],
    values: refused?.of === of ? (refused.values ?? {}) : {},
    problem: refused?.of === of ? refused.problem : undefined,
  });
  const password = (name = 'currentPassword'): FormField => ({
    name,
    label: t('core.profile.currentPassword'),
    kind: 'password',
    required: true,
    autocomplete: 'current-password',
  });
  return adminDetail({
    head,
    tabs: tabs(t, ctx, surface, 'security'),
    notice: facts.mustSetUpTotp ? { kind: 'warning', text: t('core.security.totpDemanded') } : null,
    ...(refused ? { status: refused.problem.status } : {}),
    main: [
      ...totpSections(t, facts, form, password),
      form('password', {
        title: t('core.profile.password'),
        text: t('core.security.passwordText'),
        action: 'password',
        submit: t('core.profile.changePassword'),
        fields: [
          password(),
          {
            name: 'newPassword',
            label: t('core.profile.newPassword'),
            kind: 'password',
            required: true,
            autocomplete: 'new-password',
            hint: t('core.people.passwordHint', { count: facts.minLength }),
          },
        ],
      }),
      form('email', {
        title: t('core.login.email'),
        text: t('core.security.emailText', { email: facts.email }),
        action: 'email',
        submit: t('core.security.changeEmail'),
        fields: [
          {
            name: 'email',
            label: t('core.security.newEmail'),
            kind: 'email',
            required: true,
            autocomplete: 'email',
          },
          password('passwordForEmail'),
        ],
      }),
      sessionsSection(t, facts, at),
    ],
  });
}

function totpSections(
  t: T,
  { totp }: SecurityFacts,
  form: (
    of: SecurityProblem['of'],
    section: { title: string; text: string; action: string; submit: string; fields: readonly FormField[] },
  ) => Section,
  password: (name: string) => FormField,
): Section[] {
  if (!totp.isOn)
    return [
      form('totp-off', {
        title: t('core.security.totp'),
        text: t('core.security.totpText'),
        action: 'totp',
        submit: t('core.security.totpSetUp'),
        fields: [],
      }),
    ];
  return [
    {
      kind: 'facts',
      id: 'security-totp',
      title: t('core.security.totp'),
      text: t('core.security.totpOn'),
      facts: [
        { label: t('core.security.since'), date: totp.since },
        { label: t('core.security.codesLeft'), text: String(totp.recoveryCodesLeft) },
      ],
    },
    form('codes', {
      title: t('core.security.newCodes'),
      text: t('core.security.newCodesText'),
      action: 'recovery-codes',
      submit: t('core.security.newCodesSubmit'),
      fields: [password('passwordForCodes')],
    }),
    form('totp-off', {
      title: t('core.security.totpOff'),
      text: t('core.security.totpOffText'),
      action: 'totp/disable',
      submit: t('core.security.totpOffSubmit'),
      fields: [password('passwordForTotp')],
    }),
  ];
}

function sessionsSection(
  t: T,
  { sessions, sessionId }: SecurityFacts,
  at: (path: string) => string,
): Section {
  return {
    kind: 'table',
    id: 'security-sessions',
    title: t('core.sessions.title'),
    text: t('core.sessions.text'),
    columns: sessionColumns(t),
    rows: sessions.map((session) => ({
      ...sessionRow(t, session, session.id === sessionId),
      actions:
        session.id === sessionId
          ? [
              {
                label: t('core.sessions.endOthers'),
                action: at('sessions/end-others'),
                confirm: {
                  title: t('core.sessions.endOthers'),
                  text: t('core.sessions.endOthersText'),
                  submit: t('core.sessions.endOthers'),
                },
              },
            ]
          : [{ label: t('core.sessions.end'), action: at(`sessions/${session.id}/end`), confirm: null }],
    })),
    empty: { symbol: 'devices', title: t('core.sessions.none'), text: t('core.sessions.noneText') },
  };
}

export const sessionColumns = (t: T): { readonly label: string }[] => [
  { label: t('core.sessions.device') },
  { label: t('core.sessions.place') },
  { label: t('core.sessions.lastSeen') },
  { label: t('core.sessions.since') },
];

/** A session as a row of a table, without actions. */
export const sessionRow = (t: T, session: SessionListing, isThis: boolean) => ({
  id: session.id,
  href: null,
  cells: [
    {
      text: deviceOf(session.userAgent) ?? t('core.sessions.unknownDevice'),
      detail: session.impersonator
        ? t('core.sessions.by', { name: session.impersonator })
        : isThis
          ? t('core.sessions.this')
          : null,
    },
    { text: session.ip, detail: t(`core.sessions.audience.${session.audience}`) },
    { date: session.lastSeenAt },
    { date: session.createdAt },
  ],
});

const BROWSERS = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;
const SYSTEMS = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['Linux', 'Linux'],
] as const;

/** `Firefox, Windows`; what else a browser says of itself is of no use to a person. */
const deviceOf = (userAgent: string): string | null => {
  const found = [BROWSERS, SYSTEMS].flatMap((list) => {
    const known = list.find(([sign]) => userAgent.includes(sign));
    return known ? [known[1]] : [];
  });
  return found.length > 0 ? found.join(', ') : userAgent.slice(0, 60) || null;
};
