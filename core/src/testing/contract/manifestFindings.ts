import { buildGraph } from '../../kernel/graph.js';
import { checkManifest } from '../../kernel/manifest.js';
import { install } from '../../kernel/snapshot/Installed.js';
import { bootAlone, messageOf, standIns, type ContractSubject, type Findings } from './subject.js';

/** The manifest is one that the kernel takes: its keys, names, prefixes, and what routes and jobs refer to. */
export function manifestFindings(subject: ContractSubject): Findings {
  const { plugin } = subject;
  const given = Object.fromEntries(Object.entries(plugin).filter(([, value]) => value !== undefined));
  return [
    ...attempt(() => {
      checkManifest(given);
    }),
    ...attempt(() => {
      buildGraph([...standIns([plugin, ...subject.with], true), ...subject.with, plugin]);
    }),
    ...attempt(() => {
      install(plugin, bootAlone(subject));
    }),
  ];
}

/** Every service can be made from what the plugin declares, with stand-ins for what others provide. */
export function bootFindings(subject: ContractSubject): Findings {
  return attempt(() => {
    bootAlone(subject);
  });
}

function attempt(work: () => void): Findings {
  try {
    work();
    return [];
  } catch (error) {
    return [messageOf(error)];
  }
}
