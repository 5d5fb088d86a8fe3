import { z } from 'zod';
import { flash, type FlashMessage } from '../../http/flash/flash.js';
import { InvalidInput } from '../../errors/common.js';
import type { StoreRecord } from '../../kernel/context.js';
import {
  defineRoute,
  redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../kernel/route.js';
import { asStore, type asMerchant } from '../../tenancy/asTenant.js';
import type { CoreParts } from '../core/CoreParts.js';
import { adminForm, orForm, type FormProblem, type FormValues } from '../views/adminForm.js';
import { wordsOf } from '../views/words.js';
import { withStore } from './storeRoutes.js';

const VERBS = ['suspend', 'close', 'reactivate', 'leave', 'rejoin'] as const;
type Verb = (typeof VERBS)[number];
const storeId = z.object({ storeId: z.uuid() });
const which = storeId.extend({ verb: z.enum(VERBS) });
const common = {
  surface: 'admin',
  kind: 'page',
  menu: 'stores',
  access: 'platform-admin.stores.edit',
} as const;
/** How many sentences say what follows; `core.store.{verb}Effect1`… */
const EFFECTS: Readonly<Record<Verb, number>> = { suspend: 3, close: 3, reactivate: 2, leave: 3, rejoin: 1 };

/** What changes how a store stands: each asks first, says what follows, and is written down with its reason. */
export const storeActions = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    ...common,
    method: 'GET',
    path: '/stores/:storeId/status/:verb',
    input: which,
    handle: (ctx, { storeId: id, verb }) =>
      withStore(parts, ctx, id, async (_merchant, store) => ask(parts, ctx, store, verb, {})),
  }),
  defineRoute({
    ...common,
    method: 'POST',
    path: '/stores/:storeId/status/:verb',
    input: which.extend({ reason: z.string().trim().max(2_000).default('') }),
    handle: (ctx, { storeId: id, verb, reason }) =>
      withStore(parts, ctx, id, (merchant, store) =>
        orForm(
          async () => {
            const undo = await act(parts, merchant, store, verb, reason);
            const address = ctx.links.to('admin', `/stores/${id}`);
            const message: FlashMessage = {
              kind: 'success',
              key: `core.store.${verb}Done`,
              values: { name: store.name },
              ...(undo
                ? { undo: { action: `${address}/status/${undo.verb}`, fields: { reason: undo.reason } } }
                : {}),
            };
            return redirect(address, 303, flash(ctx, message));
          },
          (problem) => ask(parts, ctx, store, verb, { reason }, problem),
        ),
      ),
  }),
  defineRoute({
    ...common,
    method: 'POST',
    path: '/stores/:storeId/identities/:identityId/release',
    input: storeId.extend({ identityId: z.uuid() }),
    handle: (ctx, { storeId: id, identityId }) =>
      withStore(parts, ctx, id, async (_merchant, store) => {
        await parts.storeIdentities.release(asStore(ctx, store), identityId);
        return redirect(
          ctx.links.to('admin', `/stores/${id}`),
          303,
          flash(ctx, { kind: 'success', key: 'core.store.identityReleased', values: { name: store.name } }),
        );
      }),
  }),
];

/** @returns what takes it back */
async function act(
  { stores }: CoreParts,
  ctx: ReturnType<typeof asMerchant>,
  store: StoreRecord,
  verb: Verb,
  reason: string,
): Promise<{ readonly verb: Verb; readonly reason: string } | null> {
  switch (verb) {
    case 'suspend':
      if (reason === '')
        throw new InvalidInput({
          errors: [{ path: 'reason', message: 'Say why; the store’s staff will read it.' }],
        });
      await stores.setStatus(ctx, store.id, { status: 'suspended', reason });
      return { verb: 'reactivate', reason: '' };
    case 'close':
      await stores.setStatus(ctx, store.id, { status: 'inactive', ...(reason === '' ? {} : { reason }) });
      return { verb: 'reactivate', reason: '' };
    case 'reactivate':
      await stores.setStatus(ctx, store.id, { status: 'active' });
      return null;
    case 'leave':
      await stores.leavePlatform(ctx, store.id);
      return { verb: 'rejoin', reason: '' };
    case 'rejoin':
      await stores.joinPlatform(ctx, store.id);
      return { verb: 'leave', reason: '' };
  }
}

function ask(
  parts: CoreParts,
  ctx: RouteContext,
  store: StoreRecord,
  verb: Verb,
  values: FormValues,
  problem?: FormProblem,
): View {
  const t = wordsOf(parts, ctx);
  const address = ctx.links.to('admin', `/stores/${store.id}`);
  const takesReason = verb === 'suspend' || verb === 'close';
  return adminForm({
    head: {
      title: t(`core.store.${verb}Title`, { name: store.name }),
      breadcrumbs: [
        { label: t('core.stores.title'), href: ctx.links.to('admin', '/stores') },
        { label: store.name, href: address },
        { label: t(`core.store.${verb}`), href: null },
      ],
    },
    consequences: Array.from({ length: EFFECTS[verb] }, (_, index) =>
      t(`core.store.${verb}Effect${index + 1}`, { platform: ctx.platform.name }),
    ),
    action: `${address}/status/${verb}`,
    submit: t(`core.store.${verb}`),
    cancel: address,
    danger: takesReason || verb === 'leave',
    values,
    problem,
    groups: takesReason
      ? [
          {
            fields: [
              {
                name: 'reason',
                label: t('core.store.reason'),
                kind: 'textarea',
                required: verb === 'suspend',
                hint: t('core.store.reasonHint'),
              },
            ],
          },
        ]
      : [],
  });
}
