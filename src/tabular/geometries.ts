import { BregmanError, nearest } from "../error.ts";
import type { Geometry } from "../maps/geometry/geometry.ts";
import { hyperbolicEntropy } from "../maps/geometry/hyperbolic-entropy.ts";
import { logBarrier } from "../maps/geometry/log-barrier.ts";
import { negativeEntropy } from "../maps/geometry/negative-entropy.ts";
import { squaredNorm } from "../maps/geometry/squared-norm.ts";
import { tsallisEntropy } from "../maps/geometry/tsallis-entropy.ts";

const fixedGeometries: readonly Geometry[] = [negativeEntropy, squaredNorm, logBarrier];
const families: Readonly<Record<string, (parameter: number) => Geometry>> = {
  tsallis: tsallisEntropy, hyperbolic: hyperbolicEntropy,
};

/** A geometry by its name: kl, euclidean, log-barrier, tsallis-1.5, hyperbolic-0.1. Throws `invalid-option`. */
export function findGeometry(name: string): Geometry {
  const found = fixedGeometries.find(({ id }) => id === name);
  if (found) return found;
  const [, family, parameter] = /^([a-z]+)-([\d.]+)$/.exec(name) ?? [];
  const make = family === undefined ? undefined : families[family];
  if (make) return make(Number(parameter));
  const accepted = [...fixedGeometries.map(({ id }) => id), "tsallis-1.5", "hyperbolic-0.1"];
  throw new BregmanError("invalid-option",
    `map: "${name}" is unknown; did you mean ${nearest(name, accepted, 1)[0]}? ` +
    "Accepted: kl, euclidean, log-barrier, tsallis-INDEX, hyperbolic-WIDTH");
}
