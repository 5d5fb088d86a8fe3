import type { ContractWorld } from './world.js';

/** Turns modules of the platform `alpha` on or off, with what belongs to them. */
export async function switchModules(
  { server, adminContext }: ContractWorld,
  {
    enable = [],
    disable = [],
  }: { readonly enable?: readonly string[]; readonly disable?: readonly string[] },
): Promise<void> {
  const plan = await server.parts.modules.plan(adminContext(), { enable, disable });
  await server.parts.modules.apply(adminContext(), plan);
}
