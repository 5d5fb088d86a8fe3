import type { AddressRequest, MaybeResolution, RedirectResolution, Resolution } from './resolution.js';

/** Enough for every chain of old addresses; a loop would be a fault of ours and ends here. */
const MOST_HOPS = 6;

/** Joins redirects that would follow each other into one, so that a browser asks once. */
export function followRedirects(
  redirect: RedirectResolution,
  request: AddressRequest,
  resolve: (request: AddressRequest) => MaybeResolution,
  hops = 0,
): MaybeResolution {
  if (hops === MOST_HOPS) return redirect;
  const { origin, host, path } = targetOf(redirect.location);
  const next: AddressRequest = { ...request, host: host ?? request.host, path };
  const join = (resolution: Resolution): MaybeResolution => {
    if (resolution.type !== 'redirect' || resolution.status !== 308) return redirect;
    const location = resolution.location.startsWith('/') ? origin + resolution.location : resolution.location;
    return followRedirects({ ...resolution, location }, next, resolve, hops + 1);
  };
  const resolution = resolve(next);
  return resolution instanceof Promise ? resolution.then(join) : join(resolution);
}

function targetOf(location: string): { origin: string; host: string | undefined; path: string } {
  if (location.startsWith('/')) return { origin: '', host: undefined, path: location };
  const authority = location.indexOf('//') + 2;
  const slash = location.indexOf('/', authority);
  return {
    origin: location.slice(0, slash),
    host: location.slice(authority, slash),
    path: location.slice(slash),
  };
}
