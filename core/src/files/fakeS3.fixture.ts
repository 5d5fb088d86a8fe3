import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeS3 {
  readonly url: string;
  /** What is kept, by the path of its address. */
  readonly objects: Map<string, { readonly body: Buffer; readonly type: string }>;
  readonly requests: {
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingMessage['headers'];
  }[];
  stop(): Promise<void>;
}

/** A bucket `files` that keeps objects in memory; refuses what is not signed, and bodies of another length than announced. */
export async function startFakeS3(): Promise<FakeS3> {
  const objects: FakeS3['objects'] = new Map();
  const requests: FakeS3['requests'] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    requests.push({ method: request.method ?? '', path: pathname, headers: request.headers });
    if (
      !/^AWS4-HMAC-SHA256 Credential=key\/\d{8}\/lu-1\/s3\/aws4_request/.test(
        request.headers.authorization ?? '',
      )
    )
      return end(response, 403);
    if (!pathname.startsWith('/files')) return end(response, 404);
    void answer(request, response, pathname, objects).catch(() => {
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `s3://key:secret@127.0.0.1:${(server.address() as AddressInfo).port}/files?region=lu-1&insecure=true`,
    objects,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  objects: FakeS3['objects'],
): Promise<void> {
  const found = objects.get(path);
  switch (request.method ?? '') {
    case 'PUT': {
      const announced = request.headers['content-length'];
      if (announced === undefined) return end(response, 411);
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      objects.set(path, { body: Buffer.concat(chunks), type: request.headers['content-type'] ?? '' });
      return end(response, 200);
    }
    case 'DELETE':
      objects.delete(path);
      return end(response, 204);
    case 'HEAD':
      return end(response, found || path === '/files' || path === '/files/' ? 200 : 404);
    case 'GET': {
      if (!found) return end(response, 404);
      const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
      const body = range
        ? found.body.subarray(Number(range[1]), range[2] ? Number(range[2]) + 1 : undefined)
        : found.body;
      response.writeHead(range ? 206 : 200, { 'content-type': found.type, 'content-length': body.length });
      response.end(body);
      return;
    }
    default:
      end(response, 405);
  }
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status);
  response.end();
}
