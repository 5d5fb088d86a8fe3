import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import { InvalidInput, PayloadTooLarge } from '../../errors/common.js';
import { sayFields } from '../../errors/saying.js';
import type { Redirect, RouteDefinition, View } from '../../kernel/route.js';
import type { RequestContext } from '../RequestContext.js';
import type { ReceivedUpload } from './receiveUpload.js';

/** Most of a refused body that is still read, so that the browser gets to see the answer. */
const DRAIN_BYTES = 64 * 1024 * 1024;

/**
 * Receives a form; where its file is refused and the route shows its form again, that is the answer.
 *
 * A browser reads no answer before it has sent its body: the rest of it is read and forgotten.
 */
export async function orInvalid(
  koa: Context,
  ctx: RequestContext,
  route: RouteDefinition,
  receive: () => Promise<ReceivedUpload>,
): Promise<ReceivedUpload | View | Redirect> {
  try {
    return await receive();
  } catch (error) {
    if (!route.invalid || !(error instanceof PayloadTooLarge || error instanceof InvalidInput)) throw error;
    await drain(koa.req);
    if (!koa.req.complete) koa.set('Connection', 'close');
    const errors = error.errors ?? [
      { path: 'file', message: tooLarge(error as InstanceType<typeof PayloadTooLarge>) },
    ];
    return route.invalid(ctx, {}, sayFields(errors));
  }
}

/** Of what was sent, for `Idempotency-Key`: fields, and the files by their hashes. */
export function fingerprint({ values, files }: ReceivedUpload): Buffer {
  return Buffer.from(JSON.stringify([values, files.map(({ field, name, sha256 }) => [field, name, sha256])]));
}

const tooLarge = (error: InstanceType<typeof PayloadTooLarge>): string =>
  `The file is larger than ${Math.floor(error.data.limitBytes / 1_000_000)} MB.`;

async function drain(request: IncomingMessage): Promise<void> {
  let seen = 0;
  await new Promise<void>((resolve) => {
    const stop = (): void => {
      request.off('data', count);
      resolve();
    };
    const count = (chunk: Buffer): void => {
      seen += chunk.length;
      if (seen > DRAIN_BYTES) {
        request.pause();
        stop();
      }
    };
    if (request.complete || request.destroyed) {
      resolve();
      return;
    }
    request.on('data', count);
    request.once('end', stop);
    request.once('close', stop);
    request.resume();
  });
}
