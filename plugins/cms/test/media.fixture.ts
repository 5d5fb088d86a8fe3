import sharp from 'sharp';
import type { TestClient, TestResponse } from '@wizamart/core/testing';

const BOUNDARY = 'x-wizamart-x';

/** A picture of one colour on the left and another on the right. */
export const picture = (
  format: 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' = 'png',
  width = 400,
  height = 200,
): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#ff0000' } })
    .composite([
      {
        input: { create: { width: Math.round(width / 2), height, channels: 3, background: '#0000ff' } },
        left: width - Math.round(width / 2),
        top: 0,
      },
    ])
    .toFormat(format)
    .toBuffer();

export const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n');

/** Sends a file as a browser's form does. */
export function sendFile(
  client: TestClient,
  path: string,
  file: Buffer,
  {
    name = 'photo.png',
    type = 'image/png',
    fields = {},
    headers = {},
  }: {
    name?: string;
    type?: string;
    fields?: Record<string, string>;
    headers?: Record<string, string>;
  } = {},
): Promise<TestResponse> {
  const parts = Object.entries(fields).map(([field, value]) =>
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`),
  );
  const body = Buffer.concat([
    ...parts,
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`,
    ),
    file,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]);
  return client.post(path, {
    body,
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, ...headers },
  });
}

export interface MediumAnswer {
  readonly id: string;
  readonly status: string;
  readonly failure: string | null;
  readonly mime: string;
  readonly width: number;
  readonly height: number;
  readonly fileName: string;
  readonly variants: readonly {
    readonly name: string;
    readonly extension: string;
    readonly width: number;
    readonly height: number;
    readonly hash: string;
    readonly bytes: number;
    readonly address: string;
  }[];
}
