import { request } from 'node:http';

/** One answer, whole; not `fetch`, which does not let the Host header be chosen. */
export function get(
  port: number,
  host: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path, headers: { Host: host, ...headers } }, (response) => {
      let text = '';
      response
        .setEncoding('utf8')
        .on('data', (part: string) => {
          text += part;
        })
        .on('end', () => {
          resolve({ status: response.statusCode as number, text });
        });
    })
      .on('error', reject)
      .end();
  });
}
