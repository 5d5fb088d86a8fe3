import { fileURLToPath } from 'node:url';
import { DiskFileStore } from './DiskFileStore.js';
import type { FileStore } from './FileStore.js';
import { S3FileStore } from './S3FileStore.js';

/** What `FILES_URL` looks like, for messages. */
export const FILES_URL_EXAMPLES =
  'file:///var/lib/wizamart/files or s3://key:secret@host/bucket?region=eu-west-1';

/** Whether an address of a file store can be understood. */
export function isFilesUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, hostname, pathname, username, password } = new URL(url);
  if (protocol === 'file:') return host === '' && pathname.length > 1;
  return (
    protocol === 's3:' &&
    hostname !== '' &&
    username !== '' &&
    password !== '' &&
    /^\/[^/]+\/?$/.test(pathname)
  );
}

/**
 * The store of an address: `file:///folder`, or `s3://key:secret@host/bucket`.
 *
 * Query of s3: `region` (default `us-east-1`), `insecure=true` for http in a network of one's own. Key and secret are
 * percent-encoded.
 */
export function openFileStore(url: string): FileStore {
  const address = new URL(url);
  if (address.protocol === 'file:') return new DiskFileStore(fileURLToPath(address));
  const { host, pathname, username, password, searchParams } = address;
  return new S3FileStore({
    endpoint: `${searchParams.get('insecure') === 'true' ? 'http' : 'https'}://${host}${pathname.replace(/\/$/, '')}`,
    accessKeyId: decodeURIComponent(username),
    secretAccessKey: decodeURIComponent(password),
    region: searchParams.get('region') ?? 'us-east-1',
  });
}
