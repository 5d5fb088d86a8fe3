// An application that uses the embedded server of the folder named first: prints what it got, stops when its input
// ends. With `durable` as second argument the server writes as in production.
import { startEmbeddedPostgres } from './startEmbeddedPostgres.js';

const [, , directory = '', mode] = process.argv;
const server = await startEmbeddedPostgres({ directory, fast: mode !== 'durable' });
console.log(JSON.stringify(server));
process.stdin.on('end', () => void server.stop().then(() => process.exit(0)));
process.stdin.resume();
