import { z } from 'zod';
import { flash } from '../../../http/flash/flash.js';
import type { RequestContext } from '../../../http/RequestContext.js';
import { AlreadyMember, LastOwner } from '../../../identity/errors.js';
import { LANGUAGES, type StoreRecord } from '../../../kernel/context.js';
import {
  defineRoute,
  redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../../kernel/route.js';
import { asMerchant, asStore } from '../../../tenancy/asTenant.js';
import { makeLinks } from '../../../tenancy/links.js';
import { authWords } from '../../core/auth/authWords.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { adminDetail, type Section } from '../../views/adminDetail.js';
import { adminForm, orForm, refused, type FormProblem, type FormValues } from '../../views/adminForm.js';
import { may } from '../../views/words.js';
import { merchantHere } from '../merchantRoutes.js';
import { withStore } from '../storeRoutes.js';
import { invitationOutput, inviteBase, SOMEBODY } from './peopleSchemas.js';
import { invitationFields, roleText, worded } from './peopleWords.js';

const store = z.object({ storeId: z.uuid() });
const merchant = z.object({ merchantId: z.uuid() });
const START = 'platform-admin.impersonation.start';
const reason = z.string().trim().min(5).max(300);
const STORE = '01935a3e-7c00-7000-8000-000000000002';
const page = { surface: 'admin', kind: 'page', menu: 'stores' } as const;

/** People of a store and owners of a merchant, as administrators of the platform see them; acting as one of them. */
export const storePeoplePages = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    ...page,
    access: 'platform-admin.stores.view',
    method: 'GET',
    path: '/stores/:storeId/people',
    input: store,
    handle: (ctx, { storeId }) =>
      withStore(parts, ctx, storeId, (_merchant, found) => peoplePage(parts, ctx, found)),
  }),
  defineRoute({
    ...page,
    access: START,
    method: 'GET',
    path: '/stores/:storeId/people/:userId/impersonate',
    input: store.extend({ userId: z.uuid() }),
    handle: (ctx, { storeId, userId }) =>
      withStore(parts, ctx, storeId, async (_merchant, found) => askPage(parts, ctx, found, userId, {})),
  }),
  defineRoute({
    ...page,
    access: START,
    method: 'POST',
    path: '/stores/:storeId/people/:userId/impersonate',
    input: store.extend({ userId: z.uuid(), reason }),
    handle: (ctx, { storeId, userId, reason: why }) =>
      withStore(parts, ctx, storeId, async (_merchant, found) => {
        const { token } = await parts.people.impersonation.begin(ctx, {
          store: found,
          memberId: userId,
          reason: why,
        });
        return redirect(`${storeLink(ctx, found)}?token=${token}`);
      }),
    invalid: (ctx, values, errors) =>
      withStore(parts, ctx, String(values['storeId']), (_merchant, found) =>
        askPage(parts, ctx, found, String(values['userId']), values, refused(errors)),
      ),
  }),
  defineRoute({
    surface: 'admin',
    kind: 'api',
    access: START,
    method: 'POST',
    path: '/stores/:storeId/impersonations',
    status: 201,
    summary: 'Ask to act as a member of a store; answers the address to open within two minutes',
    input: store.extend({ userId: z.uuid(), reason }),
    output: z.object({ address: z.string() }),
    example: { storeId: STORE, userId: SOMEBODY, reason: 'Ticket 4711: the menu does not save' },
    handle: (ctx, { storeId, userId, reason: why }) =>
      withStore(parts, ctx, storeId, async (_merchant, found) => {
        const { token } = await parts.people.impersonation.begin(ctx, {
          store: found,
          memberId: userId,
          reason: why,
        });
        return { address: `${storeLink(ctx, found)}?token=${token}` };
      }),
  }),
  defineRoute({
    ...page,
    menu: 'merchants',
    access: 'platform-admin.merchants.edit',
    method: 'GET',
    path: '/merchants/:merchantId/owners/invite',
    input: merchant,
    handle: async (ctx, { merchantId }) =>
      ownerPage(parts, ctx, await merchantHere(parts, ctx, merchantId), { language: ctx.language }),
  }),
  defineRoute({
    ...page,
    menu: 'merchants',
    access: 'platform-admin.merchants.edit',
    method: 'POST',
    path: '/merchants/:merchantId/owners/invite',
    input: merchant.extend({ email: z.email().max(254), language: z.enum(LANGUAGES) }),
    handle: async (ctx, { merchantId, ...input }) => {
      const found = await merchantHere(parts, ctx, merchantId);
      return orForm(
        async () => {
          await inviteOwner(parts, ctx, found, input);
          return redirect(
            ctx.links.to('admin', `/merchants/${merchantId}`),
            303,
            flash(ctx, { kind: 'success', key: 'core.team.invitationSent' }),
          );
        },
        (problem) => ownerPage(parts, ctx, found, input, problem),
      );
    },
    invalid: async (ctx, values, errors) =>
      ownerPage(
        parts,
        ctx,
        await merchantHere(parts, ctx, String(values['merchantId'])),
        values,
        refused(errors),
      ),
  }),
  defineRoute({
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.merchants.edit',
    method: 'POST',
    path: '/merchants/:merchantId/owners/invitations',
    status: 201,
    summary: 'Invite an owner of a merchant by mail',
    input: merchant.extend(inviteBase.shape),
    output: invitationOutput,
    example: { merchantId: SOMEBODY, email: 'ann@example.org', language: 'fr' },
    errors: [AlreadyMember],
    handle: async (ctx, { merchantId, ...input }) =>
      inviteOwner(parts, ctx, await merchantHere(parts, ctx, merchantId), input),
  }),
  defineRoute({
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.merchants.edit',
    method: 'DELETE',
    path: '/merchants/:merchantId/owners/:userId',
    status: 204,
    summary: 'Take an owner off a merchant; never the last one',
    input: merchant.extend({ userId: z.uuid() }),
    example: { merchantId: SOMEBODY, userId: SOMEBODY },
    errors: [LastOwner],
    handle: async (ctx, { merchantId, userId }) =>
      parts.people.team.removeOwner(asMerchant(ctx, await merchantHere(parts, ctx, merchantId)), userId),
  }),
];

/** The permission is the administration's, so who invites need hold nothing in the store. */
const inviteOwner = (
  parts: CoreParts,
  ctx: RouteContext,
  owned: { readonly id: string; readonly name: string },
  input: { readonly email: string; readonly language: (typeof LANGUAGES)[number] },
) =>
  parts.people.teamInvitations.invite(asMerchant(ctx, owned), { ...input, role: 'owner' }, { checked: true });

async function ownerPage(
  parts: CoreParts,
  ctx: RouteContext,
  owned: { readonly id: string; readonly name: string },
  values: FormValues,
  problem?: FormProblem,
): Promise<View> {
  const words = authWords(parts, ctx);
  const { t } = words;
  return adminForm({
    head: {
      title: t('core.team.inviteOwner'),
      breadcrumbs: [
        { label: t('core.menu.merchants'), href: ctx.links.to('admin', '/merchants') },
        { label: owned.name, href: ctx.links.to('admin', `/merchants/${owned.id}`) },
        { label: t('core.team.inviteOwner'), href: null },
      ],
      text: t('core.team.inviteOwnerText'),
    },
    groups: [{ fields: invitationFields(t, []) }],
    values,
    action: ctx.links.to('admin', `/merchants/${owned.id}/owners/invite`),
    submit: t('core.team.sendInvitation'),
    cancel: ctx.links.to('admin', `/merchants/${owned.id}`),
    problem: problem && worded(words, problem),
  });
}

async function peoplePage(parts: CoreParts, ctx: RouteContext, found: StoreRecord): Promise<View> {
  const { t } = authWords(parts, ctx);
  const at = asStore(ctx, found);
  const [owners, members] = [
    await parts.people.team.owners(at),
    await parts.people.team.members(at, { isExport: true }),
  ];
  const mayAct = may(ctx, START);
  const act = (id: string) =>
    mayAct
      ? [
          {
            label: t('core.impersonation.act'),
            href: ctx.links.to('admin', `/stores/${found.id}/people/${id}/impersonate`),
            symbol: 'login',
          },
        ]
      : [];
  const columns = [
    { label: t('core.profile.name') },
    { label: t('core.team.role') },
    { label: t('core.team.lastLogin') },
  ];
  const part = (
    title: string,
    people: readonly {
      id: string;
      name: string;
      email: string;
      role: string;
      roleName: string | null;
      lastLoginAt: Date | null;
    }[],
  ): Section => ({
    kind: 'table',
    title,
    columns,
    rows: people.map((person) => ({
      id: person.id,
      href: null,
      cells: [
        { text: person.name, detail: person.email },
        { text: roleText(t, person.role, person.roleName) },
        { date: person.lastLoginAt },
      ],
      actions: act(person.id),
    })),
    empty: { symbol: 'users', title: t('core.team.none'), text: t('core.team.noneText') },
  });
  return adminDetail({
    head: {
      title: t('core.impersonation.people', { store: found.name }),
      breadcrumbs: [
        { label: t('core.menu.stores'), href: ctx.links.to('admin', '/stores') },
        { label: found.name, href: ctx.links.to('admin', `/stores/${found.id}`) },
        { label: t('core.menu.team'), href: null },
      ],
    },
    main: [
      part(
        t('core.team.owners'),
        owners.map((owner) => ({ ...owner, role: 'owner', roleName: null })),
      ),
      part(t('core.team.members'), members.items),
    ],
  });
}

async function askPage(
  parts: CoreParts,
  ctx: RouteContext,
  found: StoreRecord,
  userId: string,
  values: FormValues,
  problem?: FormProblem,
): Promise<View> {
  const words = authWords(parts, ctx);
  const { t } = words;
  const path = `/stores/${found.id}/people`;
  return adminForm({
    head: {
      title: t('core.impersonation.act'),
      breadcrumbs: [
        { label: t('core.menu.stores'), href: ctx.links.to('admin', '/stores') },
        { label: found.name, href: ctx.links.to('admin', path) },
        { label: t('core.impersonation.act'), href: null },
      ],
      text: t('core.impersonation.ask'),
    },
    groups: [
      {
        fields: [
          {
            name: 'reason',
            label: t('core.impersonation.reason'),
            kind: 'text',
            required: true,
            maxlength: 300,
            hint: t('core.impersonation.reasonHint'),
          },
        ],
      },
    ],
    values,
    action: ctx.links.to('admin', `${path}/${userId}/impersonate`),
    submit: t('core.impersonation.goOn'),
    cancel: ctx.links.to('admin', path),
    consequences: [
      t('core.impersonation.rule.limits'),
      t('core.impersonation.rule.trail'),
      t('core.impersonation.rule.ends'),
    ],
    problem: problem && worded(words, problem),
  });
}

/** The store's own side, seen from where the administrator is. */
const storeLink = (ctx: RouteContext, found: StoreRecord): string => {
  const { base } = (ctx as RequestContext).resolution;
  return makeLinks({ platform: ctx.platform, store: found, surface: 'store', base }, ctx.language).to(
    'store',
    '/impersonation',
  );
};
