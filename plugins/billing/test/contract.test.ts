import { describePlugin } from '@wizamart/core/testing';
import { billing } from '../src/index.js';

describePlugin(billing);
