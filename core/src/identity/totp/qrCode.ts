import { encode } from 'uqr';

export interface QrView {
  /** Modules along one side, quiet zone included. */
  readonly size: number;
  /** Path data of the dark modules. */
  readonly path: string;
}

/** A QR code as the path of an SVG: no picture to fetch, nothing for a script to do. */
export const qrCode = (text: string): QrView => {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return { size, path };
};
