import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@wizamart/core/testing';
import { openWorld, type World } from './world.fixture.js';

const PROCESS = fileURLToPath(new URL('scheduleProcess.fixture.ts', import.meta.url));
const PAGES = 40;

describe('times of pages, with processes that are killed [module:cms]', function () {
  this.timeout(300_000);
  let world: World;
  const running = new Set<ChildProcess>();
  before(async () => {
    world = await openWorld();
  });
  after(async () => {
    for (const child of running) child.kill('SIGKILL');
    await world.close();
  });

  /** A server in a process of its own. */
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx/esm', '--conditions=source', PROCESS, world.db.appUrl],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    running.add(child);
    child.once('exit', () => running.delete(child));
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (text: Buffer) => text.includes('ready') && resolve());
      child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was ready`)));
    });
    return child;
  };
  const kill = (child: ChildProcess): Promise<unknown> => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    return gone;
  };
  const now = (): Date => {
    world.clock.set(new Date());
    return world.clock.now();
  };
  /** Pages that go live one after the other from `at` on, every second of them for a second only. */
  const schedule = async (name: string, at: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let index = 0; index < PAGES; index++) {
      now();
      const { id } = await world.storePages.create(world.inStore(), {
        slug: `${name}-${index}`,
        title: name,
      });
      const publishAt = new Date(at + index * 40);
      await world.schedules.set(world.inStore(), 'store', id, {
        publishAt,
        unpublishAt: index % 2 === 0 ? null : new Date(publishAt.getTime() + 1_000),
      });
      ids.push(id);
    }
    return ids;
  };
  const told = async (ids: readonly string[]) => {
    const rows = await world.db.everything<{ page: string; names: string[] }>(
      `select payload ->> 'pageId' as page, array_agg(name order by id) as names from core_outbox
       where payload ->> 'pageId' = any($1) and name <> 'cms.page.scheduled' group by 1`,
      [ids],
    );
    return new Map(rows.map(({ page, names }) => [page, names]));
  };
  const audited = async (ids: readonly string[]) => {
    const rows = await world.db.everything<{ page: string; count: number }>(
      `select subject_id as page, count(*)::int as count from core_audit_merchant
       where subject_id = any($1) and action in ('cms.page.published', 'cms.page.unpublished') group by 1`,
      [ids],
    );
    return new Map(rows.map(({ page, count }) => [page, count]));
  };
  const isDone = async (ids: readonly string[]): Promise<boolean> => {
    const open = await world.db.everything(
      'select 1 from cms_store_page where id = any($1) and (publish_at is not null or unpublish_at is not null)',
      [ids],
    );
    return open.length === 0;
  };
  const onceEach = async (ids: readonly string[]): Promise<void> => {
    await eventually(() => isDone(ids), 150_000);
    const [events, lines] = [await told(ids), await audited(ids)];
    ids.forEach((id, index) => {
      const wanted =
        index % 2 === 0 ? ['cms.page.published'] : ['cms.page.published', 'cms.page.unpublished'];
      assert.deepEqual(events.get(id), wanted, id);
      assert.equal(lines.get(id), wanted.length, id);
    });
  };

  it('come once each while two processes work and are killed around the time', async () => {
    let [one, two] = await Promise.all([start(), start()]);
    const at = Date.now() + 12_000;
    const ids = await schedule('killed', at);
    await pause(Math.max(0, at - 50 - Date.now()));
    await kill(one);
    one = await start();
    await pause(200);
    await kill(two);
    two = await start();
    await onceEach(ids);
    await Promise.all([kill(one), kill(two)]);
  });

  it('come once each after all processes were down at the time', async () => {
    const ids = await schedule('stopped', Date.now() + 8_000);
    await pause(11_000);
    const both = await Promise.all([start(), start()]);
    await onceEach(ids);
    await Promise.all(both.map(kill));
  });
});
