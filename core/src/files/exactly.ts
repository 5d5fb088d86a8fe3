import { Transform } from 'node:stream';

/** Passes a stream on, and fails unless it is as long as was said. */
export function exactly(bytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      done(
        seen > bytes
          ? new RangeError(`the file is longer than the ${bytes} bytes that were announced`)
          : null,
        chunk,
      );
    },
    flush(done) {
      done(seen < bytes ? new RangeError(`the file ended after ${seen} of ${bytes} bytes`) : null);
    },
  });
}
