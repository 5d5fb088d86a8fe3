declare const valueType: unique symbol;

/**
 * A token under which plugins meet: a string id and a major version, never object identity, so that two
 * installed copies of a package still agree.
 */
export interface ServiceRef<Id extends string = string, Value = unknown> {
  readonly id: Id;
  readonly major: number;
  readonly [valueType]?: Value;
}

/**
 * Declares a service token: `export const Stock = defineService<Stock>()('inventory.stock', { major: 1 })`.
 *
 * @param id `plugin.service` in lower case
 */
export const defineService =
  <Value>() =>
  <const Id extends string>(id: Id, options: { readonly major: number }): ServiceRef<Id, Value> => {
    if (!/^[a-z][a-z0-9-]*\.[a-z][A-Za-z0-9]*$/.test(id)) {
      throw new TypeError(`service id '${id}' must read plugin.service, for example 'inventory.stock'`);
    }
    return Object.freeze({ id, major: options.major });
  };

export type ServiceValue<Ref> = Ref extends ServiceRef<string, infer Value> ? Value : never;
export type ServiceRefs = Readonly<Record<string, ServiceRef>>;
