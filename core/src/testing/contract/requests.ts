import type { RouteDefinition } from '../../kernel/route.js';
import type { RequestOptions, TestClient } from '../TestClient.js';
import type { TestResponse } from '../TestResponse.js';
import { paramsOf } from './routeFindings.js';

type Values = Readonly<Record<string, unknown>>;

/** Calls a route with its example as input. @param change values that stand instead of the example's */
export function callRoute(
  client: TestClient,
  route: RouteDefinition,
  change: Values = {},
): Promise<TestResponse> {
  const input = { ...route.example, ...change };
  const params = paramsOf(route);
  const rest = Object.entries(input).filter(([name]) => !params.includes(name));
  if (route.method === 'GET' || route.method === 'DELETE') {
    const query = new URLSearchParams(
      rest.map(([name, value]): [string, string] => [name, String(value)]),
    ).toString();
    return client.request(route.method, pathOf(route, input) + (query === '' ? '' : `?${query}`));
  }
  return client.request(route.method, pathOf(route, input), bodyOf(route, Object.fromEntries(rest)));
}

/** The path of a route with its parameters filled in. */
export function pathOf(route: RouteDefinition, input: Values = route.example ?? {}): string {
  return route.path.replace(/[:*](\w+)/g, (_match, name: string) =>
    encodeURIComponent(String(input[name] ?? 'x')),
  );
}

function bodyOf(route: RouteDefinition, values: Values): RequestOptions {
  if (route.kind === 'api') return { json: values };
  return { form: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])) };
}
