import type { RouteDefinition } from '../../kernel/route.js';
import { rootOf } from '../places.js';
import type { SignInPlace } from '../signIn.js';
import type { TestResponse } from '../TestResponse.js';
import { callRoute } from './requests.js';
import { paramsOf, routeName } from './routeFindings.js';
import type { Findings } from './subject.js';
import { idsIn, tenantRows } from './tenantRows.js';
import type { ContractWorld, Side } from './world.js';

interface Person {
  readonly id: string;
}

/** Somebody who comes to an address of others with a session of their own. */
interface Intruder {
  readonly who: string;
  readonly person: Person;
  readonly at: Side;
  readonly sessionAt: Side;
}

/** Somebody who stays at their own address, and names what is not theirs. */
interface Borrower {
  readonly who: string;
  readonly person: Person;
  readonly at: Side;
  readonly ids: readonly string[];
}

/**
 * Calls every route that is not public at an address of one tenant with sessions of others, and at an address of
 * one's own with ids of others. Nobody gets anything, nothing breaks, and the rows stay as they were.
 */
export async function routeSweepFindings(world: ContractWorld): Promise<Findings> {
  const findings = [...(await ownCalls(world, world.first)), ...(await ownCalls(world, world.second))];
  const routes = world.routes.filter(
    ({ access, surface, scope }) =>
      access !== 'public' && surface !== 'webhook' && surface !== 'platform' && scope !== 'global',
  );
  const borrowers = await borrowersOf(world);
  const before = await allRows(world);
  for (const route of routes) {
    for (const intruder of intrudersOf(world, route))
      findings.push(...(await intrude(world, route, intruder)));
    findings.push(...(await borrow(world, route, borrowers)));
  }
  if ((await allRows(world)) !== before) findings.push('calls of other tenants changed rows of a tenant');
  const errors = world.server.log.errors.map(
    ({ message, fields }) =>
      `logged while routes were called: ${message} (${(fields['err'] as { message?: string } | undefined)?.message})`,
  );
  return [...findings, ...errors];
}

/** Every route answers its own tenant without breaking; what is made on the way gives ids to try with. */
async function ownCalls({ routes, people, as }: ContractWorld, at: Side): Promise<Findings> {
  const order = ['POST', 'PUT', 'PATCH', 'GET'];
  // What is made is looked for afterwards.
  const kept = routes.filter(({ method, scope }) => order.includes(method) && scope !== 'global');
  const findings: Findings = [];
  for (const route of [...kept].sort((a, b) => order.indexOf(a.method) - order.indexOf(b.method))) {
    const insider =
      route.surface === 'admin'
        ? people.admin
        : route.surface === 'storefront'
          ? people.customer
          : people.owner;
    const { status } = await callRoute(await as(insider, at, route), route);
    if (status >= 500) findings.push(`${routeName(route)} answers ${status} to its own tenant`);
  }
  return findings;
}

/** Who has no business at the first store, or on the first platform. */
function intrudersOf(
  { first, second, secondOnBeta, foreign, people }: ContractWorld,
  { surface }: RouteDefinition,
): Intruder[] {
  if (surface === 'admin')
    return [
      {
        who: 'an administrator of another platform',
        person: people.foreignAdmin,
        at: first,
        sessionAt: secondOnBeta,
      },
    ];
  if (surface === 'storefront')
    return [
      { who: 'a customer of another store', person: people.foreignCustomer, at: first, sessionAt: foreign },
    ];
  return [
    { who: 'the owner of another merchant', person: people.foreignOwner, at: first, sessionAt: foreign },
    {
      who: 'the manager of another store of the merchant',
      person: people.secondManager,
      at: first,
      sessionAt: second,
    },
    {
      who: 'the owner, signed in on another platform,',
      person: people.owner,
      at: second,
      sessionAt: secondOnBeta,
    },
  ];
}

async function intrude(
  { server }: ContractWorld,
  route: RouteDefinition,
  { who, person, at, sessionAt }: Intruder,
): Promise<Findings> {
  const client = await server.signIn(
    person,
    placeOf(route, sessionAt, rootOf({ surface: route.surface, kind: route.kind, ...at })),
  );
  const answer = await callRoute(client, route);
  const isRefused = [401, 403, 404].includes(answer.status) || isWayToSignIn(answer);
  return isRefused ? [] : [`${routeName(route)} answers ${answer.status} to ${who}`];
}

function placeOf({ surface }: RouteDefinition, { platform, store }: Side, root: string): SignInPlace {
  if (surface === 'admin') return { surface, root };
  return surface === 'storefront' ? { surface, platform, store, root } : { surface: 'store', platform, root };
}

async function borrowersOf(
  world: ContractWorld,
): Promise<{ readonly store: readonly Borrower[]; readonly admin: readonly Borrower[] }> {
  const { first, second, secondOnBeta, foreign, people } = world;
  const rows = await tenantRows(world, first);
  // What a platform brings its stores is theirs to see, also where a row of one of them refers to it.
  const shared = new Set(
    idsIn(
      rows.filter(({ owner }) => owner === 'platform'),
      Infinity,
    ),
  );
  const ids = (list: typeof rows): string[] =>
    idsIn(list, Infinity)
      .filter((id) => !shared.has(id))
      .slice(0, 8);
  const elsewhere = (await tenantRows(world, second)).filter(
    ({ owner, isOnPlatform }) => owner !== 'platform' && isOnPlatform,
  );
  return {
    store: [
      {
        who: 'another merchant',
        person: people.foreignOwner,
        at: foreign,
        ids: ids(rows.filter(({ owner }) => owner === 'store' || owner === 'merchant')),
      },
      {
        who: 'another store of the merchant',
        person: people.secondManager,
        at: second,
        ids: ids(rows.filter(({ owner }) => owner === 'store')),
      },
      { who: 'the store on another platform', person: people.owner, at: secondOnBeta, ids: ids(elsewhere) },
    ],
    admin: [{ who: 'another platform', person: people.foreignAdmin, at: secondOnBeta, ids: idsIn(rows) }],
  };
}

async function borrow(
  world: ContractWorld,
  route: RouteDefinition,
  borrowers: { readonly store: readonly Borrower[]; readonly admin: readonly Borrower[] },
): Promise<Findings> {
  const params = paramsOf(route).filter((name) => takesIdsOnly(route, name));
  if (params.length === 0 || (route.surface !== 'store' && route.surface !== 'admin')) return [];
  const list = borrowers[route.surface];
  if (list[0]?.ids.length === 0)
    return [
      `${routeName(route)} takes an id, but calling the routes with their examples made no row to try it with`,
    ];
  const findings: Findings = [];
  for (const { who, person, at, ids } of list) {
    const client = await world.as(person, at, route);
    for (const id of ids) {
      const answer = await callRoute(client, route, Object.fromEntries(params.map((name) => [name, id])));
      if (answer.status >= 500 || gotThrough(answer))
        findings.push(`${routeName(route)} answers ${answer.status} to ${who} for an id of others`);
    }
  }
  return findings;
}

/** A parameter that takes a uuid, and no other text. */
function takesIdsOnly({ input }: RouteDefinition, name: string): boolean {
  const field = input.shape[name] as { safeParse(value: unknown): { success: boolean } } | undefined;
  return (
    field !== undefined &&
    field.safeParse('0190f3a0-0000-7000-8000-000000000000').success &&
    !field.safeParse('no-id').success
  );
}

const isWayToSignIn = ({ status, location }: TestResponse): boolean =>
  status === 303 && (location ?? '').includes('/login');
const gotThrough = (answer: TestResponse): boolean => answer.status < 400 && !isWayToSignIn(answer);

async function allRows(world: ContractWorld): Promise<string> {
  const rows = [...(await tenantRows(world, world.first)), ...(await tenantRows(world, world.second))];
  return JSON.stringify(rows.map((row) => JSON.stringify(row)).sort());
}
