import { describe, expect, it } from "vitest";
import { exp64, log64, power64 } from "../../src/math/float64.ts";
import { numbers } from "../support/values.ts";

describe("exp and log from arithmetic alone", () => {
  it("agree with the host's to a few units in the last place", () => {
    const next = numbers(1);
    for (let i = 0; i < 4000; i++) {
      const x = 1400 * next() - 700;
      expect(Math.abs(exp64(x) / Math.exp(x) - 1)).toBeLessThan(1e-15 * (1 + Math.abs(x) / 200));
      const y = Math.exp(x);
      expect(Math.abs(log64(y) - Math.log(y))).toBeLessThan(4e-16 * (1 + Math.abs(Math.log(y))));
      const near = 0.5 + next();
      expect(Math.abs(log64(near) - Math.log(near))).toBeLessThan(3e-16);
    }
  });

  it("know their ends", () => {
    expect([exp64(0), exp64(-Infinity), exp64(Infinity), exp64(710), exp64(-746), exp64(NaN)])
      .toEqual([1, 0, Infinity, Infinity, 0, NaN]);
    expect([log64(1), log64(0), log64(Infinity), log64(-1), log64(NaN)]).toEqual([0, -Infinity, Infinity, NaN, NaN]);
    expect(log64(5e-324)).toBeCloseTo(Math.log(5e-324), 10);
    expect(exp64(-745)).toBe(5e-324);
    expect([power64(0, 0), power64(0, 2), power64(1, 7), power64(4, 0.5)]).toEqual([1, 0, 1, 2]);
  });
});
