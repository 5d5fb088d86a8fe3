import type { TierSeed } from '../../kernel/host.js';

/** Tiers of a host with what they inherit: each has the features of the lower ones too. */
export const inheritFeatures = (
  seeds: readonly TierSeed[],
): {
  code: string;
  name: string;
  position: number;
  features: string[];
  limits: Readonly<Record<string, number>>;
}[] => {
  const sofar = new Set<string>();
  return seeds.map((seed, index) => {
    for (const feature of seed.features) sofar.add(feature);
    return {
      code: seed.code,
      name: seed.name,
      position: (index + 1) * 10,
      features: [...sofar],
      limits: seed.limits,
    };
  });
};
