export { devTools } from './plugin.js';
