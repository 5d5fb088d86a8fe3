import assert from 'node:assert/strict';
import { effectiveLimit, nextTierFor } from './limitMaths.js';
import { inheritFeatures } from './seedTiers.js';
import type { Override, Tier } from './Tier.js';

const tier = (code: string, limits: Record<string, number>): Tier => ({
  code,
  name: code,
  position: 1,
  features: new Set(),
  limits,
  isDefault: false,
  archivedAt: null,
});
const raise = (value: number | null): Override => ({
  kind: 'limit',
  code: 'pages',
  value,
  source: 's',
  until: null,
});

describe('limits [module:core]', () => {
  it('are those of the tier', () => assert.equal(effectiveLimit('pages', tier('a', { pages: 3 }), []), 3));
  it('do not exist without a tier, nor where the tier leaves them out', () => {
    assert.equal(effectiveLimit('pages', null, []), null);
    assert.equal(effectiveLimit('pages', tier('a', {}), [raise(5)]), null);
  });
  it('are raised by what counts beside the tier, never lowered', () => {
    assert.equal(effectiveLimit('pages', tier('a', { pages: 3 }), [raise(10), raise(5)]), 10);
    assert.equal(effectiveLimit('pages', tier('a', { pages: 3 }), [raise(1)]), 3);
    assert.equal(effectiveLimit('pages', tier('a', { pages: 3 }), [raise(null)]), null);
    assert.equal(effectiveLimit('pages', tier('a', { pages: 3 }), [{ ...raise(9), code: 'other' }]), 3);
  });
  it('name the cheapest tier that allows more, or none', () => {
    const tiers = [tier('small', { pages: 3 }), tier('middle', { pages: 10 }), tier('large', {})];
    assert.equal(nextTierFor('pages', 3, tiers), 'middle');
    assert.equal(nextTierFor('pages', 10, tiers), 'large');
    assert.equal(nextTierFor('pages', 10, tiers.slice(0, 2)), null);
  });
});

describe('tiers of a host [module:core]', () => {
  it('have the features of the lower ones too, but not their limits', () => {
    assert.deepEqual(
      inheritFeatures([
        { code: 'a', name: 'A', features: ['x'], limits: { pages: 3 } },
        { code: 'b', name: 'B', features: ['y', 'x'], limits: {} },
      ]),
      [
        { code: 'a', name: 'A', position: 10, features: ['x'], limits: { pages: 3 } },
        { code: 'b', name: 'B', position: 20, features: ['x', 'y'], limits: {} },
      ],
    );
  });
});
