import { asFunction, createContainer, InjectionMode, type AwilixContainer } from 'awilix';
import type { TenantContext } from './context.js';
import type { PluginGraph } from './graph.js';
import type { AnyPlugin } from './plugin.js';
import { PluginError } from './pluginError.js';

type Cradle = Record<string, object>;

/** Makes and hands out services. Keys are `plugin.service`; everything is made once, at boot. */
export class ServiceContainer {
  readonly #container: AwilixContainer<Cradle> = createContainer<Cradle>({
    injectionMode: InjectionMode.PROXY,
    strict: true,
  });
  readonly #wirings = new Map<string, Record<string, unknown>>();

  constructor(private readonly graph: PluginGraph) {}

  /** Registers and makes the services of one plugin; the plugins it requires must have been made before. */
  make(plugin: AnyPlugin): void {
    const wiring = this.#wire(plugin);
    this.#wirings.set(plugin.code, wiring);
    const keys = Object.entries(plugin.services).map(([name, recipe]) => {
      const key = `${plugin.code}.${name}`;
      this.#container.register(key, asFunction(() => recipe(wiring)).singleton());
      return key;
    });
    for (const key of keys) this.#resolve(plugin, key);
  }

  /** What the wiring functions of a plugin get: its own services and what it declared, nothing else. */
  wiringOf(code: string): Record<string, unknown> {
    const wiring = this.#wirings.get(code);
    if (!wiring) throw new Error(`plugin '${code}' has not been made`);
    return wiring;
  }

  /** The value behind a service token; undefined where no plugin provides it. */
  service(id: string): object | undefined {
    const provider = this.graph.providers.get(id);
    if (!provider || !this.#wirings.has(provider.code)) return undefined;
    return this.#container.cradle[keyOf(provider, id)];
  }

  #wire(plugin: AnyPlugin): Record<string, unknown> {
    const wiring: Record<string, unknown> = {};
    const cradle = this.#container.cradle;
    const define = (name: string, get: () => unknown): void => {
      if (name in wiring) {
        throw new PluginError(
          'P402',
          plugin.code,
          `plugin '${plugin.code}' uses the name '${name}' for two services`,
          'rename one of them in requires, optional or services',
        );
      }
      Object.defineProperty(wiring, name, { enumerable: true, get });
    };
    for (const name of Object.keys(plugin.services)) define(name, () => cradle[`${plugin.code}.${name}`]);
    for (const [name, { id }] of Object.entries(plugin.requires)) {
      const key = keyOf(this.graph.providers.get(id), id);
      define(name, () => cradle[key]);
    }
    for (const [name, { id }] of Object.entries(plugin.optional)) define(name, () => this.#optional(id));
    return wiring;
  }

  /** Services are one per process but modules are on or off per platform, so the question is asked per request. */
  #optional(id: string): (ctx: TenantContext) => object | undefined {
    const provider = this.graph.providers.get(id);
    return (ctx) => (provider && ctx.snapshot.isOn(provider.code) ? this.service(id) : undefined);
  }

  #resolve(plugin: AnyPlugin, key: string): void {
    try {
      this.#container.resolve(key);
    } catch (error) {
      if (error instanceof PluginError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new PluginError(
        'P403',
        plugin.code,
        `service '${key}' of plugin '${plugin.code}' could not be made (${reason})`,
        'mend its constructor; it may only use what the plugin requires or makes',
        { cause: error },
      );
    }
  }
}

function keyOf(provider: AnyPlugin | undefined, id: string): string {
  const name = Object.entries(provider?.provides ?? {}).find(([, token]) => token.id === id)?.[0];
  return `${provider?.code}.${name}`;
}
