import { describe, expect, it } from "vitest";
import { checkSchedule, evaluateSchedule, evaluateStepSize, paperCodeStepSize } from "../../src/schedules/schedule.ts";

const course = (schedule: Parameters<typeof evaluateSchedule>[0], n: number): number[] =>
  Array.from({ length: n }, (_, k) => evaluateSchedule(schedule, k, n));

describe("schedules", () => {
  it("constant", () => expect(course(0.5, 3)).toEqual([0.5, 0.5, 0.5]));

  it("linear from the first value, one step short of the last", () => {
    expect(course({ from: 3, to: 1 }, 4)).toEqual([3, 2.5, 2, 1.5]);
    expect(course({ kind: "linear", from: 0, to: 1 }, 4)).toEqual([0, 0.25, 0.5, 0.75]);
    expect(evaluateSchedule({ from: 3e-4, to: 0 }, 0, 7)).toBe(3e-4);
  });

  it("the paper's t_k ends at 1/n and never falls below it, past the plan neither", () => {
    for (const n of [1, 3, 10, 4882]) {
      const steps = course({ from: 1, to: 0 }, n);
      expect(steps[0]).toBe(1);
      expect(steps[n - 1]).toBe(1 / n);
      expect(Math.min(...steps)).toBeGreaterThanOrEqual(1 / n);
      expect(evaluateSchedule({ from: 1, to: 0 }, n + 5, n)).toBe(1 / n);
    }
  });

  it("the authors' t_k runs from 1 + 1/n to 1/n (spec 1.3)", () => {
    expect(paperCodeStepSize(0, 4882)).toBeCloseTo(1.000205, 6);
    expect(paperCodeStepSize(1, 4882)).toBe(1);
    expect(paperCodeStepSize(4882, 4882)).toBeCloseTo(2.05e-4, 6);
    expect(paperCodeStepSize(4883, 4882)).toBe(1 / 4882);
  });

  it("geometric, with and without a limit", () => {
    expect(course({ kind: "geometric", from: 1, factor: 2 }, 5)).toEqual([1, 2, 4, 8, 16]);
    expect(course({ kind: "geometric", from: 1, factor: 2, limit: 5 }, 5)).toEqual([1, 2, 4, 5, 5]);
    expect(course({ kind: "geometric", from: 8, factor: 0.5, limit: 1 }, 5)).toEqual([8, 4, 2, 1, 1]);
    expect(evaluateSchedule({ kind: "geometric", from: 1, factor: 2 }, 1e6, 2e6)).toBe(Number.MAX_VALUE);
    expect(evaluateSchedule({ kind: "geometric", from: 0, factor: 2 }, 1e6, 2e6)).toBe(0);
  });

  it("step sizes are what was asked for however short the plan, and never 0", () => {
    expect(evaluateStepSize(0.03, 0, 1)).toBe(0.03);
    expect(evaluateStepSize({ from: 0.1, to: 0 }, 9, 10)).toBeCloseTo(0.01, 12);
    expect(evaluateStepSize(0, 0, 10)).toBe(1e-6);
    expect(evaluateStepSize({ from: 1, to: -9 }, 9, 10)).toBe(1e-6);
  });

  it("refuses what is none", () => {
    for (const wrong of [
      NaN,
      Infinity,
      "1",
      null,
      {},
      { from: 1 },
      { from: 1, to: Infinity },
      { kind: "cosine", from: 1, to: 0 },
      { kind: "geometric", from: 1, factor: 0 },
      { kind: "geometric", from: 1, factor: 2, limit: NaN },
    ]) {
      expect(() => checkSchedule(wrong, "stepSize"), String(wrong)).toThrow(/^stepSize: /);
    }
    expect(() => evaluateSchedule(1, 0, 0)).toThrow(/iterations/);
    expect(() => evaluateSchedule(1, -1, 5)).toThrow(/iteration/);
  });
});
