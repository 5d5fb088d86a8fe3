import { z } from 'zod';
import type { RouteDefinition } from '../../kernel/route.js';
import { wire, type ContractSubject, type Findings } from './subject.js';

/** Names of the parameters in a route's path. */
export const paramsOf = ({ path }: RouteDefinition): string[] =>
  [...path.matchAll(/[:*](\w+)/g)].map((match) => match[1] as string);

export const routeName = ({ surface, kind, method, path }: RouteDefinition): string =>
  `${surface} ${kind} ${method} ${path}`;

/** Every route says who may call it, and its input schema knows the parameters of its path. */
export function routeFindings(subject: ContractSubject): Findings {
  return wire(subject).routes.flatMap((route) => {
    const name = routeName(route);
    if (!(route.input instanceof z.ZodObject)) return [`${name} has no input schema: give it one object`];
    const fields = route.input.shape as Readonly<Record<string, unknown>>;
    return [
      ...(route.access ? [] : [`${name} does not say who may call it: give it access`]),
      ...paramsOf(route)
        .filter((param) => !(param in fields))
        .map((param) => `${name} has the parameter '${param}' in its path, but not in its input schema`),
    ];
  });
}

/** Every API route can be documented: it says what it does, what it answers, and how it is called. */
export function apiFindings(subject: ContractSubject): Findings {
  return wire(subject)
    .routes.filter((route) => route.kind === 'api' && route.surface !== 'webhook')
    .flatMap((route) => {
      const name = routeName(route);
      return [
        ...(route.summary ? [] : [`${name} has no summary`]),
        ...(route.output || route.status === 204
          ? []
          : [`${name} has no output schema: give it one, or the status 204`]),
        ...exampleFindings(route, name),
      ];
    });
}

function exampleFindings({ input, example }: RouteDefinition, name: string): Findings {
  if (Object.keys(input.shape).length === 0) return [];
  if (!example) return [`${name} has input but no example`];
  const parsed = input.strict().safeParse(example);
  return parsed.success
    ? []
    : parsed.error.issues.map(
        (issue) =>
          `${name}: its example does not fit its input schema at '${issue.path.join('.')}' (${issue.message})`,
      );
}
