import { defineHook } from './hook.js';

/** A picture that a theme may take from a library. */
export interface PictureChoice {
  /** Path on the public pages of the site; kept in the theme. */
  readonly address: string;
  /** In words, for people. */
  readonly label: string;
  /** Path of a small one. */
  readonly thumbnail: string;
}

/** Collects the pictures that modules keep for the site of the context, newest first. */
export const pictureChoices = defineHook<readonly PictureChoice[]>('core.pictureChoices');
