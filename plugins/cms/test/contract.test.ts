import { describePlugin } from '@wizamart/core/testing';
import { cms } from '../src/plugin.js';

describePlugin(cms);
