import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import { plugin } from '../../kernel/kernel.fixture.js';
import { defineRoute } from '../../kernel/route.js';
import type { AnyPlugin } from '../../kernel/plugin.js';

/** Lets a test stop requests in the middle. */
export class Gate {
  #open: () => void = () => undefined;
  #closed: Promise<void> | undefined;
  waiting = 0;

  close(): void {
    this.#closed = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  open(): void {
    this.#closed = undefined;
    this.#open();
  }

  async pass(): Promise<void> {
    this.waiting++;
    await this.#closed;
    await turn();
    this.waiting--;
  }
}

/** A module with a page and an API route of its own code; its API waits at the gate. */
export const moduleOf = (
  code: string,
  needs: readonly string[],
  gate: Gate,
  change: Readonly<Record<string, unknown>> = {},
): AnyPlugin =>
  plugin(code, needs, {
    features: [{ code: `${code}_feature`, name: code }],
    menu: [
      {
        code: `${code}-item`,
        surface: 'store',
        label: code,
        path: `/${code}`,
        section: 'x',
        order: 1,
        icon: 'box',
      },
    ],
    routes: () => [
      defineRoute({
        method: 'GET',
        path: `/${code}`,
        surface: 'platform',
        kind: 'api',
        access: 'public',
        handle: async ({ snapshot }) => {
          const before = snapshot.isOn(code);
          await gate.pass();
          return { code, before, after: snapshot.isOn(code) };
        },
      }),
      defineRoute({
        method: 'GET',
        path: `/${code}`,
        surface: 'platform',
        kind: 'page',
        access: 'public',
        handle: () => ({ page: code }),
      }),
      defineRoute({
        method: 'POST',
        path: `/${code}/paid`,
        surface: 'webhook',
        kind: 'api',
        access: 'public',
        input: z.object({ body: z.unknown() }),
        handle: () => ({ received: code }),
      }),
    ],
    ...change,
  });
