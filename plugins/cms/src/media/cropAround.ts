export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The largest rectangle of an aspect ratio (width : height) with the focal point as near its middle as the edges allow. */
export function cropAround(
  size: { readonly width: number; readonly height: number },
  focus: { readonly x: number; readonly y: number },
  ratio: number,
): Rectangle {
  const width = Math.max(1, Math.min(size.width, Math.round(size.height * ratio)));
  const height = Math.max(1, Math.min(size.height, Math.round(size.width / ratio)));
  return {
    left: clamp(Math.round(size.width * focus.x - width / 2), size.width - width),
    top: clamp(Math.round(size.height * focus.y - height / 2), size.height - height),
    width,
    height,
  };
}

const clamp = (value: number, max: number): number => Math.min(Math.max(value, 0), max);
