import net from 'node:net';
import { quantile } from './figures.js';
import type { Load, LoadResult, Target } from './loadTypes.js';

/** A client that needs nothing installed. It costs more than wrk, in this process: ratios come out closer to 1. */
export async function ownLoad(target: Target, { clients, seconds }: Load): Promise<LoadResult> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  await Promise.all(Array.from({ length: clients }, () => oneClient(target, end, times)));
  return { perSecond: times.length / seconds, p50Ms: quantile(times, 0.5) };
}

function oneClient({ port, host, path }: Target, end: number, times: number[]): Promise<void> {
  const request = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    let missing = 0;
    let began = 0;
    const ask = (): void => {
      began = performance.now();
      if (began >= end) socket.end(resolve);
      else socket.write(request);
    };
    socket.setNoDelay(true);
    socket.on('connect', ask);
    socket.on('error', reject);
    socket.on('data', (data) => {
      if (missing === 0) missing = lengthOf(data);
      missing -= data.length;
      if (missing > 0) return;
      times.push(performance.now() - began);
      missing = 0;
      ask();
    });
  });
}

/** Head and body together; the head always comes whole in the first packet. */
function lengthOf(data: Buffer): number {
  const end = data.indexOf('\r\n\r\n');
  const head = data.subarray(0, end).toString('latin1');
  if (!head.startsWith('HTTP/1.1 200')) throw new Error(`answered with ${head.slice(0, 60)}`);
  return end + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
}
