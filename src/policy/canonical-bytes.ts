import { BregmanError } from "../error.ts";

/** Vectors as little-endian float32 in a row; -0 is written as 0. Throws `numerical-failure` for NaN. */
export function canonicalBytes(vectors: readonly Float32Array[]): Uint8Array<ArrayBuffer> {
  const length = vectors.reduce((sum, vector) => sum + vector.length, 0);
  const view = new DataView(new ArrayBuffer(length * 4));
  let at = 0;
  for (const vector of vectors) {
    for (const value of vector) {
      if (Number.isNaN(value)) {
        throw new BregmanError("numerical-failure", `parameter ${at / 4} of the policy is NaN; it has no hash`);
      }
      view.setFloat32(at, value === 0 ? 0 : value, true);
      at += 4;
    }
  }
  return new Uint8Array(view.buffer);
}
