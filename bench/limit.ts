// 20 creates at once, at a limit of 3 pages: exactly 3 are made, in each of 20 runs. Over HTTP.
import { cms } from '@wizamart/plugin-cms';
import { print } from './lib/table.js';
import { startTestServer, testHost } from './lib/testing.js';

const RUNS = 20;
const AT_ONCE = 20;

const server = await startTestServer({
  hosts: [
    testHost({
      code: 'bench',
      plugins: [cms],
      defaultTier: 'test',
      tiers: [
        {
          code: 'test',
          name: 'Test',
          features: ['cms_basic', 'cms_custom_pages'],
          limits: { cms_pages: 3, cms_custom_pages: 3 },
        },
      ],
    }),
  ],
});
const made: number[] = [];
try {
  const platform = server.platform('bench');
  const merchant = await server.merchant({ platform });
  const store = await server.store({ merchant, platform });
  const owner = await server.signIn(await server.user({ ownerOf: merchant }), {
    surface: 'store',
    platform,
    root: `/platforms/bench/store/${store.code}/api/v1/store`,
  });
  for (let run = 0; run < RUNS; run++) {
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, i) =>
        owner.post('/pages', { json: { slug: `p-${run}-${i}`, title: 'Page' } }),
      ),
    );
    const unexpected = answers.find(({ status }) => status !== 201 && status !== 402);
    if (unexpected) throw new Error(`a create answered ${unexpected.status}: ${unexpected.text}`);
    made.push(answers.filter(({ status }) => status === 201).length);
    await server.database.everything('delete from cms_store_page');
  }
} finally {
  await server.stop();
}
const right = made.filter((count) => count === 3).length;
print(`${AT_ONCE} parallel creates at a limit of 3`, [
  {
    what: 'runs that made exactly 3',
    seen: `${right} of ${RUNS}`,
    wanted: `${RUNS} of ${RUNS}`,
    holds: right === RUNS,
  },
]);
