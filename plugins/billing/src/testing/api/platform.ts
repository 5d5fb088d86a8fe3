import { passTime } from '../billing/lifeCycle.js';
import { raise } from '../billing/raise.js';
import { invalid } from '../http/ApiError.js';
import { LIST_PARAMS, listPage } from '../http/listPage.js';
import { booleanOf, metadataOf, neededInteger, neededText, textOf, textsOf } from '../http/read.js';
import type { ApiRoute } from '../http/routes.js';
import { API_VERSION } from '../state/apiVersion.js';
import { randomText } from '../state/ids.js';
import type { TestClock, WebhookEndpoint } from '../state/kinds.js';

const YEAR = 366 * 86_400;

/** Events, where they are sent to, and the clocks of tests. */
export const platformRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: '/v1/events',
    params: [...LIST_PARAMS, 'type', 'types', 'delivery_success'],
    handle: ({ world, params, url }) => {
      const type = textOf(params, 'type');
      const types = textsOf(params, 'types') ?? (type === undefined ? undefined : [type]);
      const delivered = booleanOf(params, 'delivery_success');
      const found = world
        .all('event')
        .filter(
          (event) =>
            (types === undefined || types.includes(event.type)) &&
            (delivered === undefined || delivered === (event.pending_webhooks === 0)),
        );
      return listPage(found, params, url);
    },
  },
  {
    method: 'GET',
    path: '/v1/events/:id',
    params: [],
    handle: ({ world, id }) => world.find('event', id) ?? world.get('event', id),
  },
  {
    method: 'POST',
    path: '/v1/webhook_endpoints',
    params: ['url', 'enabled_events', 'description', 'metadata', 'api_version'],
    handle: ({ world, params }) => {
      const secret = `whsec_${randomText(32)}`;
      const url = neededText(params, 'url');
      if (!URL.canParse(url))
        throw invalid('Invalid URL: An explicit scheme (such as https) must be provided.', 'url');
      const endpoint = world.add('webhook_endpoint', {
        id: world.newId('webhook_endpoint'),
        object: 'webhook_endpoint',
        api_version: API_VERSION,
        application: null,
        created: world.now,
        description: textOf(params, 'description') ?? null,
        enabled_events: textsOf(params, 'enabled_events') ?? ['*'],
        livemode: false,
        metadata: metadataOf(params),
        status: 'enabled',
        url,
        _secret: secret,
      } satisfies WebhookEndpoint);
      // Told once, as it is made.
      return { ...endpoint, secret };
    },
  },
  {
    method: 'GET',
    path: '/v1/webhook_endpoints',
    params: LIST_PARAMS,
    handle: ({ world, params, url }) => listPage(world.all('webhook_endpoint'), params, url),
  },
  {
    method: 'DELETE',
    path: '/v1/webhook_endpoints/:id',
    params: [],
    handle: ({ world, id }) => {
      world.get('webhook_endpoint', id);
      world.remove('webhook_endpoint', id);
      for (const delivery of world.all('delivery'))
        if (delivery.endpoint === id) world.remove('delivery', delivery.id);
      return { id, object: 'webhook_endpoint', deleted: true };
    },
  },
  {
    method: 'POST',
    path: '/v1/test_helpers/test_clocks',
    params: ['frozen_time', 'name'],
    handle: ({ world, params }) =>
      world.add('test_clock', {
        id: world.newId('test_clock'),
        object: 'test_helpers.test_clock',
        created: world.now,
        deletes_after: world.now + YEAR,
        frozen_time: neededInteger(params, 'frozen_time'),
        livemode: false,
        name: textOf(params, 'name') ?? null,
        status: 'ready',
        status_details: {},
      } satisfies TestClock),
  },
  {
    method: 'GET',
    path: '/v1/test_helpers/test_clocks/:id',
    params: [],
    handle: ({ world, id }) => world.find('test_clock', id) ?? world.get('test_clock', id),
  },
  {
    method: 'POST',
    path: '/v1/test_helpers/test_clocks/:id/advance',
    params: ['frozen_time'],
    handle: ({ world, id, params }) => {
      const clock = world.get('test_clock', id);
      const until = neededInteger(params, 'frozen_time');
      if (until < clock.frozen_time)
        throw invalid('You cannot advance a test clock backwards.', 'frozen_time');
      passTime(world, id, until);
      clock.frozen_time = until;
      raise(world, 'test_helpers.test_clock.ready', clock);
      return clock;
    },
  },
];
