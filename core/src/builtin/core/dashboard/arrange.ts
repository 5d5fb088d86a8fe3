import type { LoadedWidget } from './loadParts.js';

interface Parts {
  readonly figures: readonly object[];
  readonly widgets: readonly LoadedWidget[];
  /** Other parts of full width stand there: the checklist, what is to be done. */
  readonly hasMain: boolean;
}

/** Where figures and small widgets stand; wide ones come below each other. */
export interface Arrangement {
  readonly figures: readonly object[];
  readonly small: readonly LoadedWidget[];
  readonly wide: readonly LoadedWidget[];
  /** Small parts stand beside the wide ones. */
  readonly isSplit: boolean;
  /** Class of the grid of small parts. */
  readonly grid: 'grid-cards' | 'grid-2' | 'grid-3';
}

/** More of them make a column that is longer than what it stands beside. */
const BESIDE = 3;

/** Small parts never stretch over a whole row, nor does one of several stand in a row alone. */
export function arrange({ figures, widgets, hasMain }: Parts): Arrangement {
  const wide = widgets.filter(({ isWide }) => isWide);
  const small = widgets.filter(({ isWide }) => !isWide);
  const count = figures.length + small.length;
  const hasWide = hasMain || wide.length > 0;
  return {
    figures,
    small,
    wide,
    isSplit: hasWide && count > 0 && count <= BESIDE,
    grid: count === 1 ? 'grid-cards' : count % 4 === 1 ? 'grid-2' : 'grid-3',
  };
}
