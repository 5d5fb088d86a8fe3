import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { DomainError } from '../../errors/defineError.js';
import { eventually } from '../../testing/eventually.js';
import { displayName } from './displayName.js';
import { receiveUpload, type ReceivedUpload } from './receiveUpload.js';

const BOUNDARY = 'x-wizamart-x';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
type Part = { name: string; filename?: string; type?: string; body: string | Buffer };

const multipart = (parts: readonly Part[]): Buffer =>
  Buffer.concat([
    ...parts.flatMap(({ name, filename, type, body }) => [
      Buffer.from(
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}\r\n${type ? `Content-Type: ${type}\r\n` : ''}\r\n`,
      ),
      Buffer.from(body),
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ]);
const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('wizamart-upload-'));

describe('receiving uploads [module:core]', () => {
  let server: Server;
  let answer: Promise<ReceivedUpload>;
  let port: number;
  let earlier: string[];

  before(async () => {
    server = createServer((incoming, outgoing) => {
      answer = receiveUpload(incoming, { maxBytes: 1000, maxFiles: 2 });
      answer.then(
        () => outgoing.end('ok'),
        (error: unknown) => {
          outgoing.writeHead(error instanceof DomainError ? error.status : 500, { connection: 'close' });
          outgoing.end(error instanceof DomainError ? error.code : String(error));
        },
      );
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    port = (server.address() as AddressInfo).port;
    earlier = folders();
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const send = (body: Buffer, headers: Record<string, string> = {}): Promise<string> =>
    new Promise((resolve) => {
      const outgoing = request(
        {
          port,
          host: '127.0.0.1',
          method: 'POST',
          headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, ...headers },
        },
        (incoming) => {
          let seen = '';
          incoming.on('data', (chunk: Buffer) => {
            seen += chunk.toString();
          });
          incoming.on('end', () => {
            resolve(`${incoming.statusCode} ${seen}`);
          });
        },
      );
      outgoing.on('error', () => undefined);
      outgoing.end(body);
    });

  it('gives fields and files, typed by their bytes and not by what the sender says', async () => {
    assert.equal(
      await send(
        multipart([
          { name: 'title', body: 'Würfel' },
          { name: 'alt.en', body: 'Dice' },
          { name: 'file', filename: '../../etc/photo.php', type: 'text/html', body: PNG },
          { name: 'second', filename: 'photo.jpg', type: 'image/jpeg', body: '<?php system($_GET["c"]);' },
        ]),
      ),
      '200 ok',
    );
    const { values, files, discard } = await answer;
    assert.deepEqual(JSON.parse(JSON.stringify(values)), { title: 'Würfel', alt: { en: 'Dice' } });
    assert.deepEqual(
      files.map(({ field, name, bytes, type }) => ({ field, name, bytes, type })),
      [
        {
          field: 'file',
          name: 'photo.php',
          bytes: PNG.length,
          type: { mime: 'image/png', extension: 'png' },
        },
        { field: 'second', name: 'photo.jpg', bytes: 25, type: undefined },
      ],
    );
    assert.ok(readFileSync(files[0]?.path as string).equals(PNG));
    await discard();
    assert.deepEqual(folders(), earlier);
  });

  it('takes an input that was left empty for no file', async () => {
    assert.equal(
      await send(multipart([{ name: 'file', filename: '', type: 'application/octet-stream', body: '' }])),
      '200 ok',
    );
    const { files, discard } = await answer;
    assert.deepEqual(files, []);
    await discard();
  });

  it('refuses a file over the limit with 413, announced or not, and leaves nothing', async () => {
    const large = multipart([{ name: 'file', filename: 'a', body: Buffer.alloc(1001) }]);
    assert.equal(await send(large), '413 PAYLOAD_TOO_LARGE');
    assert.equal(await send(large, { 'transfer-encoding': 'chunked' }), '413 PAYLOAD_TOO_LARGE');
    assert.match(await send(Buffer.alloc(0), { 'content-length': '99999999' }), /^413/);
    assert.deepEqual(folders(), earlier);
  });

  it('refuses too many files, other bodies, and forms that end early', async () => {
    const three = ['a', 'b', 'c'].map((name) => ({ name, filename: name, body: 'x' }));
    assert.equal(await send(multipart(three)), '422 INVALID_INPUT');
    assert.equal(
      await send(Buffer.from('{}'), { 'content-type': 'application/json' }),
      '415 UNSUPPORTED_MEDIA_TYPE',
    );
    assert.match(await send(multipart(three.slice(0, 1)).subarray(0, -20)), /^400/);
    assert.match(
      await send(Buffer.from('x'), { 'content-type': 'multipart/form-data; charset=x' }),
      /^4(00|15)/,
    );
    assert.match(await send(multipart([{ name: '__proto__.x', body: '1' }])), /^400/);
    assert.deepEqual(folders(), earlier);
  });

  it('leaves nothing of an upload whose sender goes away', async () => {
    const socket = connect(port, '127.0.0.1');
    const head = multipart([{ name: 'file', filename: 'a', body: Buffer.alloc(500) }]).subarray(0, 300);
    socket.write(
      `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=${BOUNDARY}\r\nContent-Length: 900\r\n\r\n`,
    );
    socket.write(head);
    await eventually(() => folders().length > earlier.length);
    socket.destroy();
    await eventually(() => folders().length === earlier.length);
    await assert.rejects(answer, { code: 'MALFORMED_REQUEST' });
  });

  it('shows names without folders, control characters or what turns text around', () => {
    assert.deepEqual(
      ['C:\\x\\a b.png', '/etc/passwd', '..', 'ev\u202Egnp.exe', 'a\u0000b\n.png', '', '.htaccess'].map(
        displayName,
      ),
      ['a b.png', 'passwd', 'file', 'evgnp.exe', 'ab.png', 'file', 'htaccess'],
    );
  });
});
