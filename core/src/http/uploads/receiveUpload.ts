import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import {
  InvalidInput,
  MalformedRequest,
  PayloadTooLarge,
  UnsupportedMediaType,
} from '../../errors/common.js';
import type { UploadedFile } from '../../kernel/route.js';
import { formFields } from '../formFields.js';
import { displayName } from './displayName.js';
import { sniffType } from './sniffType.js';

/** What may be uploaded to a route. */
export interface UploadLimits {
  /** Of one file. */
  readonly maxBytes: number;
  readonly maxFiles: number;
}

export interface ReceivedUpload {
  readonly values: Readonly<Record<string, unknown>>;
  readonly files: readonly UploadedFile[];
  /** Takes the temporary files away; to be called whatever happens to them. */
  discard(): Promise<void>;
}

const MAX_FIELDS = 500;
const MAX_FIELD_BYTES = 64 * 1024;
/** Fields and the lines between the parts. */
const BESIDE_THE_FILES_BYTES = 1024 * 1024;

/**
 * Reads a multipart form; files go to disk while they arrive.
 *
 * @throws {PayloadTooLarge} as soon as a file, or the whole, is larger than it may be
 * @throws {MalformedRequest} when the body ends early or is no multipart form; nothing is left on disk
 */
export async function receiveUpload(request: IncomingMessage, limits: UploadLimits): Promise<ReceivedUpload> {
  const type = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\s*;/i.test(type))
    throw new UnsupportedMediaType({ accepted: 'multipart/form-data' });
  const wholeLimit = limits.maxBytes * limits.maxFiles + BESIDE_THE_FILES_BYTES;
  if (Number(request.headers['content-length'] ?? 0) > wholeLimit)
    throw new PayloadTooLarge({ limitBytes: limits.maxBytes });
  const folder = await mkdtemp(path.join(tmpdir(), 'wizamart-upload-'));
  const discard = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const { fields, files } = await parse(request, folder, limits, wholeLimit);
    return { values: formFields(fields), files: await Promise.all(files), discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

interface Parsed {
  readonly fields: readonly (readonly [string, string])[];
  readonly files: readonly Promise<UploadedFile>[];
}

function parse(
  request: IncomingMessage,
  folder: string,
  limits: UploadLimits,
  wholeLimit: number,
): Promise<Parsed> {
  const parser = openParser(request, limits);
  const fields: [string, string][] = [];
  const files: Promise<UploadedFile>[] = [];
  const streams: Readable[] = [];
  return new Promise((resolve, reject) => {
    let failed = false;
    const fail = (error: unknown): void => {
      if (failed) return;
      failed = true;
      request.unpipe();
      parser.destroy();
      for (const stream of streams) stream.destroy(new Error('the upload was given up'));
      // The files that were begun must be closed before their folder goes.
      void Promise.allSettled(files).then(() => {
        reject(error);
      });
    };
    parser.on('field', (name, value, nameCut, valueCut) => {
      if (nameCut || valueCut) return fail(new PayloadTooLarge({ limitBytes: MAX_FIELD_BYTES }));
      if (value.includes('\0'))
        return fail(new MalformedRequest({ reason: 'The form contains a NUL character.' }));
      fields.push([name, value]);
    });
    parser.on('file', (field, stream, name) => {
      // A form's file input that was left empty sends a part without a name and without bytes.
      if (name === undefined || name === '') {
        stream.resume();
        return;
      }
      streams.push(stream);
      const file = keep(stream, {
        field,
        name,
        path: path.join(folder, String(files.length)),
        maxBytes: limits.maxBytes,
      });
      files.push(file);
      file.catch(fail);
    });
    parser.on('filesLimit', () => {
      fail(
        new InvalidInput({
          errors: [
            {
              path: 'file',
              message: `Choose at most ${limits.maxFiles} ${limits.maxFiles === 1 ? 'file' : 'files'}.`,
            },
          ],
        }),
      );
    });
    parser.on('fieldsLimit', () => {
      fail(new MalformedRequest({ reason: `The form has more than ${MAX_FIELDS} fields.` }));
    });
    parser.on('error', () => {
      fail(new MalformedRequest({ reason: 'The body is not a complete multipart form.' }));
    });
    parser.on('finish', () => {
      if (!failed) resolve({ fields, files });
    });
    request.on('aborted', () => {
      fail(new MalformedRequest({ reason: 'The body ended before it was complete.' }));
    });
    request.on('error', () => {
      fail(new MalformedRequest({ reason: 'The body ended before it was complete.' }));
    });
    request.pipe(counting(wholeLimit, fail)).pipe(parser);
  });
}

function openParser(request: IncomingMessage, { maxFiles }: UploadLimits): BusboyInstance {
  try {
    return new Busboy({
      headers: request.headers as BusboyHeaders,
      limits: {
        files: maxFiles,
        fields: MAX_FIELDS,
        fieldSize: MAX_FIELD_BYTES,
        fieldNameSize: 200,
        headerPairs: 20,
        headerSize: 8192,
      },
    });
  } catch {
    throw new MalformedRequest({ reason: 'The multipart form does not say where its parts end.' });
  }
}

async function keep(
  stream: Readable,
  file: { readonly field: string; readonly name: string; readonly path: string; readonly maxBytes: number },
): Promise<UploadedFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > file.maxBytes) return done(new PayloadTooLarge({ limitBytes: file.maxBytes }));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(stream, measure, createWriteStream(file.path, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    throw error instanceof PayloadTooLarge
      ? error
      : new MalformedRequest({ reason: 'The body ended before it was complete.' });
  }
  return {
    field: file.field,
    name: displayName(file.name),
    path: file.path,
    bytes,
    sha256: hash.digest('hex'),
    type: await sniffType(file.path),
  };
}

/** A body sent in chunks does not announce its length. */
function counting(limitBytes: number, fail: (error: unknown) => void): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > limitBytes) fail(new PayloadTooLarge({ limitBytes }));
      done(null, seen > limitBytes ? undefined : chunk);
    },
  });
}
