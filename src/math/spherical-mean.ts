import { decreasingRoot } from "./decreasing-root.ts";
import { cosine as cosineOf, sine as sineOf } from "./elementary.ts";

/**
 * Spherical interpolation of two difference vectors, sin((1 - l) W) / sin W a + sin(l W) / sin W b with W the angle
 * between them: vectors of equal length keep it, where the straight mean is shorter. WARP merges runs so, layer by
 * layer (Rame et al. 2024). Nearly parallel or opposite vectors are mixed on the straight line.
 */
export function sphericalMean(a: ArrayLike<number>, b: ArrayLike<number>, share = 0.5): Float64Array {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  const cosine = ab / Math.sqrt(aa * bb);
  const sine = Math.sqrt(Math.max(0, 1 - cosine * cosine));
  if (!(sine > 1e-6)) return Float64Array.from(a, (x, i) => (1 - share) * x + share * b[i]!);
  const [one, other] = sinesOfShares(cosine, sine, share);
  return Float64Array.from(a, (x, i) => (one * x + other * b[i]!) / sine);
}

/** sin((1 - share) W) and sin(share W) from cos W and sin W, 0 < W < pi. */
function sinesOfShares(cosine: number, sine: number, share: number): [number, number] {
  const angle = decreasingRoot((x) => cosineOf(x) - cosine, 0, 3.141592653589793);
  const [s, c] = [sineOf(share * angle), cosineOf(share * angle)];
  return [sine * c - cosine * s, s];
}
