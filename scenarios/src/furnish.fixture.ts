import type { TestAppServer, TestClient } from '@wizamart/core/testing';
import { billed, invoiced, signedUp } from './furnishBilling.fixture.js';
import { mailedLink } from './mail.fixture.js';
import { acmeOwner, PASSWORD, superAdmin } from './world.fixture.js';

const ADMIN = '/admin/platforms/oms';
const ADMIN_API = '/api/v1/admin/platforms/oms';
const DESK = '/platforms/oms/store/acme';
const BOUNDARY = 'x-wizamart-x';
/** A square of one pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** A form of every kind of field. */
const FORM_PAGE = {
  slug: 'write-to-us',
  title: 'Write to us',
  status: 'published',
  body: [
    {
      type: 'form',
      title: 'Write to us',
      fields: [
        { input: 'text', label: 'Who writes', required: true },
        { input: 'email', label: 'Where to answer', required: true },
        { input: 'select', label: 'Topic', options: ['My purchase', 'Other'] },
        { input: 'textarea', label: 'What about' },
        { input: 'checkbox', label: 'Call me' },
        { input: 'consent', label: 'I agree' },
      ],
      submitLabel: 'Send',
      success: 'Thank you',
    },
  ],
};

/** Addresses below the root of a surface that only answers and mails tell. */
export interface Furnished {
  readonly admin: Readonly<Record<string, string>>;
  readonly store: Readonly<Record<string, string>>;
  readonly platform: Readonly<Record<string, string>>;
  readonly storefront: Readonly<Record<string, string>>;
}

/** Fills in by forms what the demo data leave empty, so that every kind of page has something to show. */
export async function furnish(server: TestAppServer): Promise<Furnished> {
  const boss = await superAdmin(server);
  const owner = await acmeOwner(server);
  await sendPicture(boss, `${ADMIN}/media`);
  await sendPicture(owner, `${DESK}/media`);
  const sitePage = await writtenTwice(boss, `${ADMIN_API}/pages`);
  const publishAt = '2099-12-01T08:00:00+01:00';
  (await boss.post(`${ADMIN_API}/pages/${sitePage.id}/schedule`, { json: { publishAt } })).expect(200);
  const shopPage = await writtenTwice(owner, `${DESK}/api/v1/store/pages`);
  const [overridden, changed] = await changedDefault(boss, owner);
  const times = { json: { unpublishAt: '2099-12-24T18:00:00+01:00' } };
  (await boss.post(`${ADMIN_API}/defaults/${changed}/schedule`, times)).expect(200);
  for (const site of ['/platforms/oms', '/platforms/oms/stores/acme'])
    await fillForm(server, `${site}/${FORM_PAGE.slug}`);
  await send(boss, `${ADMIN}/roles/new`, { name: 'Support' });
  await send(owner, `${DESK}/team/roles/new`, { name: 'Cashier' });
  const draft = await send(boss, '/admin/platforms/new', { name: 'Fourth product', code: 'fourth' });
  await send(boss, `${ADMIN}/admin-users/invite`, {
    email: 'new-admin@wizamart.example',
    role: 'admin',
    language: 'en',
  });
  await send(owner, `${DESK}/team/invite`, {
    email: 'new-staff@acme.example',
    role: 'staff',
    language: 'en',
  });
  return {
    admin: {
      ...(await doors(server, boss, '/admin', BOSS, 'new-admin@wizamart.example')),
      '/platforms/new/:draftId/steps/:step': draft.replace(/^\/admin/, ''),
      '/pages/:id/revisions/compare': `/pages/${sitePage.id}/revisions/compare`,
      '/pages/:id/revisions/:version/restore': `/pages/${sitePage.id}/revisions/1/restore`,
      '/pages/:id/schedule/cancel': `/pages/${sitePage.id}/schedule/cancel`,
      '/defaults/:id/revisions/compare': `/defaults/${changed}/revisions/compare`,
      '/defaults/:id/revisions/:version/restore': `/defaults/${changed}/revisions/1/restore`,
      '/defaults/:id/schedule/cancel': `/defaults/${changed}/schedule/cancel`,
      '/defaults/:id/stores/:storeId': await besideDefault(boss, changed),
      ...(await billed(server, boss, owner)),
    },
    platform: { '/preview/:token': sitePage.preview, ...(await signedUp(server)) },
    storefront: { '/preview/:token': shopPage.preview },
    store: {
      '/content-pages/:id/revisions/compare': `/content-pages/${shopPage.id}/revisions/compare`,
      '/content-pages/:id/revisions/:version/restore': `/content-pages/${shopPage.id}/revisions/1/restore`,
      '/content-pages/:id/schedule/cancel': `/content-pages/${shopPage.id}/schedule/cancel`,
      '/content-pages/:id/default-changes': `/content-pages/${overridden}/default-changes`,
      ...(await doors(server, owner, DESK, 'owner@acme.example', 'new-staff@acme.example')),
      '/impersonation': await impersonation(server, boss),
      '/billing/add-ons/preview': '/billing/add-ons/preview?code=extra-team&quantity=2',
      ...(await invoiced(owner)),
    },
  };
}

const BOSS = 'admin@wizamart.example';

/** A published page with a second revision, a draft, and a link that shows it. */
async function writtenTwice(client: TestClient, api: string): Promise<{ id: string; preview: string }> {
  const { id } = (await client.post(api, { json: FORM_PAGE })).expect(201).json<{ id: string }>();
  const patch = async (title: string) =>
    (await client.patch(`${api}/${id}`, { json: { title } })).expect(200);
  await patch('Write to us soon');
  (await client.post(`${api}/${id}/publish`)).expect(200);
  await patch('Write to us in time');
  const { url } = (await client.post(`${api}/${id}/preview`)).expect(201).json<{ url: string }>();
  return { id, preview: `/preview/${url.slice(url.lastIndexOf('/') + 1)}` };
}

/** A default that changed after a store had overridden it: the store's page and the default. */
async function changedDefault(boss: TestClient, owner: TestClient): Promise<[string, string]> {
  const slug = 'terms';
  const own = (await owner.post(`${DESK}/api/v1/store/pages/${slug}/override`))
    .expect(201)
    .json<{ id: string }>();
  (await owner.post(`${DESK}/api/v1/store/pages/${own.id}/publish`)).expect(200);
  const { items } = (await boss.get(`${ADMIN_API}/defaults?perPage=100`))
    .expect(200)
    .json<{ items: { id: string; slug: string }[] }>();
  const id = items.find((one) => one.slug === slug)?.id ?? '';
  (await boss.patch(`${ADMIN_API}/defaults/${id}`, { json: { title: 'Terms of sale' } })).expect(200);
  (await boss.post(`${ADMIN_API}/defaults/${id}/publish`)).expect(200);
  return [own.id, id];
}

/** The page of a store that shows its own instead of a default. */
async function besideDefault(boss: TestClient, id: string): Promise<string> {
  const { items } = (await boss.get(`${ADMIN_API}/defaults/${id}/stores?shows=own`))
    .expect(200)
    .json<{ items: { id: string }[] }>();
  return `/defaults/${id}/stores/${items[0]?.id ?? ''}`;
}

/** Behind the links of mails, one of each kind. */
async function doors(
  server: TestAppServer,
  client: TestClient,
  root: string,
  email: string,
  invited: string,
): Promise<Record<string, string>> {
  await send(server.client(), `${root}/forgot`, { email }, 200);
  await send(client, `${root}/profile/email`, { email: `new-${email}`, passwordForEmail: PASSWORD });
  return {
    '/invitation': `/invitation${queryOf(await mailedLink(server, invited, '/invitation'))}`,
    '/reset': `/reset${queryOf(await mailedLink(server, email, '/reset'))}`,
    '/confirm-email': `/confirm-email${queryOf(await mailedLink(server, `new-${email}`, '/confirm-email'))}`,
  };
}

async function impersonation(server: TestAppServer, boss: TestClient): Promise<string> {
  const [store] = await server.database.everything<{ id: string }>(
    "select s.id from core_store s join core_store_platform p on p.store_id = s.id where s.code = 'acme' limit 1",
  );
  const [member] = await server.database.everything<{ id: string }>(
    "select id from core_user where email = 'staff@acme.example'",
  );
  const link = await send(boss, `${ADMIN}/stores/${store?.id}/people/${member?.id}/impersonate`, {
    reason: 'Ticket 4711',
  });
  return `/impersonation${queryOf(link)}`;
}

const queryOf = (link: string): string => new URL(link, 'http://localhost').search;

/** Where the form led. */
async function send(
  client: TestClient,
  path: string,
  values: Record<string, string>,
  ...also: number[]
): Promise<string> {
  return (await client.post(path, { form: values })).expect(303, ...also).location ?? '';
}

async function sendPicture(client: TestClient, path: string): Promise<void> {
  const body = Buffer.concat([
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="photo.png"\r\nContent-Type: image/png\r\n\r\n`,
    ),
    PICTURE,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]);
  const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
  (await client.post(path, { body, headers })).expect(303);
}

/** Answers the form of a page as a visitor who takes their time. */
async function fillForm(server: TestAppServer, path: string): Promise<void> {
  const client = server.client();
  const { html } = (await client.get(path)).expect(200);
  server.clock.advance(5_000);
  const kept = Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="(form|stamp)" value="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value as string,
    ]),
  );
  const form = {
    ...kept,
    website: '',
    'fields.f0': 'Ann',
    'fields.f1': 'ann@example.org',
    'fields.f2': 'My purchase',
    'fields.f3': 'Hello there',
    'fields.f5': 'yes',
  };
  (await client.post(path, { form })).expect(303);
}
