import { Sessions, type SessionOwner } from '../identity/Sessions.js';
import type { PlatformRecord, StoreRecord } from '../kernel/context.js';
import type { RunningServer } from '../server/startServer.js';
import type { ClientOptions, TestClient } from './TestClient.js';

/** Where a session is good. `kind` and `root` say what paths of the client begin with; default: nothing. */
export type SignInPlace = Pick<ClientOptions, 'host' | 'root'> &
  (
    | { readonly surface: 'admin' }
    | { readonly surface: 'store'; readonly platform: Pick<PlatformRecord, 'id'> }
    | {
        readonly surface: 'storefront';
        readonly platform: Pick<PlatformRecord, 'id'>;
        readonly store: Pick<StoreRecord, 'id' | 'merchantId'>;
      }
  );

type MakeClient = (options: ClientOptions) => TestClient;

/** Opens a session as a sign-in would, and hands its token to a client. */
export async function signedInClient(
  { parts }: RunningServer,
  client: MakeClient,
  user: { readonly id: string },
  place: SignInPlace,
): Promise<TestClient> {
  const sessions = new Sessions({ database: parts.database });
  const seen = { ip: '127.0.0.1', userAgent: 'test', now: parts.clock.now() };
  const { token } = await parts.database.system((tx) => sessions.open(tx, ownerOf(user.id, place), seen));
  const { host, root } = place;
  return client({ token, ...(host === undefined ? {} : { host }), ...(root === undefined ? {} : { root }) });
}

function ownerOf(id: string, place: SignInPlace): SessionOwner {
  switch (place.surface) {
    case 'admin':
      return { audience: 'admin', userId: id };
    case 'store':
      return { audience: 'store', userId: id, platformId: place.platform.id };
    case 'storefront':
      return { audience: 'customer', customerId: id, platformId: place.platform.id, store: place.store };
  }
}
