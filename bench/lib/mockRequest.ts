import { IncomingMessage, ServerResponse, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/** Takes what is written; Node writes head and body of a small answer together. */
class Sink extends Duplex {
  readonly remoteAddress = '127.0.0.1';
  constructor(private readonly taken: (text: string) => void) {
    super();
  }
  override _read(): void {
    /* nobody writes to us */
  }
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    done();
    this.taken(chunk.toString('latin1'));
  }
  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    done();
    this.taken(Buffer.concat(chunks.map(({ chunk }) => chunk)).toString('latin1'));
  }
}

const HEADERS = { 'user-agent': 'bench', accept: '*/*', connection: 'keep-alive' };

/** One GET through Node's own request and response, without a network; resolves with the bytes of the answer. */
export function ask(listener: RequestListener, host: string, path: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = new Sink(resolve) as unknown as Socket;
    const request = new IncomingMessage(socket);
    request.method = 'GET';
    request.url = path;
    request.httpVersion = '1.1';
    request.httpVersionMajor = 1;
    request.httpVersionMinor = 1;
    request.headers = { host, ...HEADERS };
    request.rawHeaders = Object.entries(request.headers).flat() as string[];
    request.complete = true;
    request.push(null);
    const response = new ServerResponse(request);
    response.assignSocket(socket);
    listener(request, response);
  });
}
