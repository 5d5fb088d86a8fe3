import { describePlugin } from '@wizamart/core/testing';
import { devTools } from '../src/index.js';

describePlugin(devTools);
