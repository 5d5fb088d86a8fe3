import { localVies } from './localVies.js';
import { ViesClient } from './ViesClient.js';

/** VIES itself in production, or where `VIES=live` says so; a local stand-in anywhere else. */
export function makeViesClient(): ViesClient {
  const isLive = process.env['NODE_ENV'] === 'production' || process.env['VIES'] === 'live';
  return new ViesClient({ transport: isLive ? fetch : localVies().transport });
}
