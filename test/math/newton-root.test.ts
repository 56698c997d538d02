import fc from "fast-check";
import { expect, it } from "vitest";
import { newtonRoot } from "../../src/math/newton-root.ts";

it("finds where a function falls through 0, whatever the start, and where its slope misleads", () => {
  fc.assert(fc.property(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: -5, max: 5, noNaN: true }),
    (root, start) => {
      const steep = (x: number) => [Math.exp(-x) - Math.exp(-root), -Math.exp(-x)] as const;
      const flat = (x: number) => [Math.atan(5 * (root - x)), -5 / (1 + 25 * (root - x) ** 2)] as const;
      const level = (x: number) => [x < root ? 1 : -1, 0] as const;
      for (const f of [steep, flat, level]) {
        expect(Math.abs(newtonRoot(f, -6, 6, start) - root)).toBeLessThan(3e-14);
      }
    }));
});

it("counts few steps where Newton's are good", () => {
  let calls = 0;
  newtonRoot((x) => {
    calls++;
    return [2 - x * x, -2 * x];
  }, 0, 2, 1);
  expect(calls).toBeLessThan(10);
});
