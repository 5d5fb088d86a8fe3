import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
  /** Whether the server closed the connection by itself. */
  readonly closed: boolean;
}

/** Sends bytes that no HTTP client would send, and reads until the server closes or has been silent for a moment. */
export function rawRequest(port: number, ...pieces: readonly (string | Buffer)[]): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const chunks: Buffer[] = [];
    const finish = (closed: boolean): void => {
      socket.destroy();
      const text = Buffer.concat(chunks).toString('utf8');
      const [head = '', ...rest] = text.split('\r\n\r\n');
      resolve({
        status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0),
        head,
        body: rest.join('\r\n\r\n'),
        closed,
      });
    };
    socket.setTimeout(2_000, () => {
      finish(false);
    });
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => {
      finish(true);
    });
    // A server that has answered may reset what is still being sent.
    socket.on('error', (error) => {
      if (chunks.length > 0) finish(true);
      else reject(error);
    });
    for (const piece of pieces) socket.write(piece);
  });
}
