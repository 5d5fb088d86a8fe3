import fc from 'fast-check';
import { flatWhateverHappens, sentOnceWhateverHappens } from './redirectSites.fixture.js';

describe('redirects, at length [module:cms]', () => {
  it('stay flat whatever happens in whatever order', () =>
    fc.assert(flatWhateverHappens, { numRuns: 10_000 })).timeout(0);
  it('of a store and its platform send visitors once, and never in a circle', () =>
    fc.assert(sentOnceWhateverHappens, { numRuns: 10_000 })).timeout(0);
});
