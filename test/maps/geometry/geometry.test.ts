import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Geometry } from "../../../src/maps/geometry/geometry.ts";
import { hyperbolicEntropy } from "../../../src/maps/geometry/hyperbolic-entropy.ts";
import { logBarrier } from "../../../src/maps/geometry/log-barrier.ts";
import { logSumExp } from "../../../src/maps/geometry/log-sum-exp.ts";
import { logSumExp as logSumExpOf, negativeEntropy, softmax } from "../../../src/maps/geometry/negative-entropy.ts";
import { omegaPotential } from "../../../src/maps/geometry/omega-potential.ts";
import { squaredNorm } from "../../../src/maps/geometry/squared-norm.ts";
import { tsallisEntropy } from "../../../src/maps/geometry/tsallis-entropy.ts";

/** Without a value or an inverse of its own. Nowhere flat: there a dual point would not tell policies apart. */
const quartic = omegaPotential(
  { id: "quartic", name: "quartic", formula: "sum p^2 / 2 + p^4 / 4" }, { derivative: (x) => x + x ** 3 });
const geometries: Geometry[] = [
  negativeEntropy, squaredNorm, tsallisEntropy(1.2), tsallisEntropy(1.5), tsallisEntropy(2), tsallisEntropy(3),
  logBarrier, hyperbolicEntropy(0.1), hyperbolicEntropy(10), quartic,
];
const policies = fc.integer({ min: 2, max: 6 }).chain((n) =>
  fc.array(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: n, maxLength: n }), { minLength: 2, maxLength: 2 })
    .map((rows) => rows.map((row) => row.map((weight) => weight / row.reduce((a, b) => a + b))) as
      [number[], number[]]));
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((sum, x, i) => sum + x * b[i]!, 0);

describe.each(geometries.map((geometry) => [geometry.id, geometry] as const))("%s", (_, map) => {
  it("has the divergence of its value and gradient, positive but at equal policies", () => {
    fc.assert(fc.property(policies, ([p, q]) => {
      const difference = Float64Array.from(p, (x, a) => x - q[a]!);
      const byHand = map.value(p) - map.value(q) - dot(map.gradient(q), difference);
      expect(Math.abs(map.divergence(p, q) - byHand)).toBeLessThan(1e-9 * (1 + Math.abs(byHand)));
      expect(map.divergence(p, q)).toBeGreaterThan(-1e-13);
      expect(Math.abs(map.divergence(p, p))).toBeLessThan(1e-15);
    }), { numRuns: 40 });
  });

  it("has the gradient of its value", () => {
    fc.assert(fc.property(policies, ([p]) => {
      const gradient = map.gradient(p);
      p.forEach((x, a) => {
        const step = 1e-5 * x;
        const at = (shift: number) => map.value(p.map((y, b) => (a === b ? y + shift : y)));
        const slope = (at(step) - at(-step)) / (2 * step);
        expect(Math.abs(slope - gradient[a]!)).toBeLessThan(1e-5 * (1 + Math.abs(gradient[a]!)));
      });
    }), { numRuns: 20 });
  });

  it("comes back from the dual, by the inverse and by the projection, whatever constant is added", () => {
    fc.assert(fc.property(policies, ([p]) => {
      const dual = map.gradient(p);
      map.inverse(dual).forEach((x, a) => expect(x).toBeCloseTo(p[a]!, 12));
      map.project(dual.map((y) => y + 3)).forEach((x, a) => expect(x).toBeCloseTo(p[a]!, 11));
    }), { numRuns: 40 });
  });

  it("has the conjugate max <y, p> - h(p), attained at the projection (Fenchel and Young)", () => {
    fc.assert(fc.property(policies, ([p, q]) => {
      const dual = Float64Array.from(p, (x, a) => 4 * x - 2 * q[a]!);
      const best = map.project(dual);
      expect(map.conjugate(dual)).toBeCloseTo(dot(dual, best) - map.value(best), 11);
      expect(map.conjugate(dual)).toBeGreaterThan(dot(dual, p) - map.value(p) - 1e-11);
    }), { numRuns: 40 });
  });
});

describe("identities of the catalogue", () => {
  it("6: the divergence of log-sum-exp is KL with the arguments exchanged, the dual loss of DAPO", () => {
    fc.assert(fc.property(policies, ([u, v]) => {
      expect(Math.abs(logSumExp.divergence(u, v) - negativeEntropy.divergence(softmax(v), softmax(u))))
        .toBeLessThan(1e-15);
      expect(logSumExpOf(u)).toBeCloseTo(negativeEntropy.conjugate(u), 13);
    }));
  });

  it("divergences have their golden values (spec 6.1)", () => {
    const [p, q] = [[0.6, 0.3, 0.1], [0.5, 0.3, 0.2]];
    expect(negativeEntropy.divergence(p, q)).toBeCloseTo(0.0400782160, 10);
    expect(negativeEntropy.divergence(q, p)).toBeCloseTo(0.0474686577, 10);
    expect(tsallisEntropy(1.5).divergence(p, q)).toBeCloseTo(0.0288013812, 10);
    expect(tsallisEntropy(2).divergence(p, q)).toBeCloseTo(0.02, 12);
  });
});
