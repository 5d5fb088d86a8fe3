import { pathToFileURL } from 'node:url';
import { MerchantModel, PlatformModel, StoreModel } from '@wizamart/core';
import { ownPackages } from '../installation/packages.js';
import { codeFiles } from '../installation/sourceFiles.js';
import { runsFromSources } from '../installation/sources.js';

type Model = typeof StoreModel | typeof MerchantModel | typeof PlatformModel;

/** The models of all packages that are there as sources, by name; none where this process runs what was built. */
export async function loadModels(): Promise<Record<string, Model>> {
  if (!runsFromSources()) return {};
  const models: Record<string, Model> = {};
  for (const { folder } of ownPackages()) {
    for (const file of codeFiles(folder).filter((name) => /\/(models\/|\w*Model\.)/.test(name))) {
      const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
      for (const [name, value] of Object.entries(module)) if (isModel(value)) models[name] = value;
    }
  }
  return models;
}

function isModel(value: unknown): value is Model {
  return (
    typeof value === 'function' &&
    [StoreModel, MerchantModel, PlatformModel].some((base) => value.prototype instanceof base)
  );
}
