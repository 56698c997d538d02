import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bandOf, meanWithConfidence, median, movingMean, studentT975 } from "../../src/io/curve-statistics.ts";
import { curveSvg, panelGridSvg } from "../../src/io/svg-curve.ts";
import { numberLabel, ticks } from "../../src/io/svg-panel.ts";

const point = (step: number, value: number) => ({ step, value });

describe("curve statistics", () => {
  it.each([
    // Two-sided 95% points of Student's t, as printed in statistical tables.
    [1, 12.7062], [2, 4.3027], [4, 2.7764], [9, 2.2622], [11, 2.2010], [15, 2.1314], [30, 2.0423], [120, 1.9799],
  ])("knows Student's t for %i degrees of freedom", (degrees, expected) => {
    expect(studentT975(degrees)).toBeCloseTo(expected, 4);
  });

  it("agrees with the closed forms for 1 and 2 degrees of freedom", () => {
    // F(t) = 1/2 + atan(t) / pi, and F(t) = 1/2 + t / (2 sqrt(2 + t^2)).
    expect(studentT975(1)).toBeCloseTo(Math.tan(0.475 * Math.PI), 8);
    expect(studentT975(2)).toBeCloseTo(0.95 * Math.sqrt(2 / (1 - 0.95 ** 2)), 8);
  });

  it("takes the middle value, or the mean of the middle two", () => {
    expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([7])]).toEqual([2, 2.5, 7]);
  });

  it("gives mean and interval of a worked example", () => {
    // 1..5: mean 3, standard deviation sqrt(2.5), standard error sqrt(0.5), times t(4) = 2.776445
    const { mean, halfWidth } = meanWithConfidence([1, 2, 3, 4, 5]);
    expect(mean).toBe(3);
    expect(halfWidth).toBeCloseTo(2.776445105 * Math.sqrt(0.5), 12);
    expect(meanWithConfidence([7])).toEqual({ mean: 7, halfWidth: 0 });
  });

  it("smooths by the mean of the neighbours, fewer at the ends", () => {
    const points = [1, 2, 6, 4].map((value, step) => point(step, value));
    expect(movingMean(points, 3).map(({ value }) => value)).toEqual([1.5, 3, 4, 5]);
    expect(movingMean(points, 1)).toEqual(points);
  });

  it("averages runs where all of them have been, interpolating between their points", () => {
    const runs = [[point(0, 0), point(10, 10), point(20, 20)], [point(5, 7), point(15, 17)], [point(0, NaN)], []];
    expect(bandOf(runs, "range", 100)).toEqual([{ step: 10, mean: 11, low: 10, high: 12 }]);
    expect(bandOf(runs, "none", 100)).toEqual([{ step: 10, mean: 11, low: 11, high: 11 }]);
    expect(bandOf([[], [point(1, NaN)]], "range", 100)).toEqual([]);
  });

  it("thins long runs to the number of points asked for, first and last kept", () => {
    const run = Array.from({ length: 1000 }, (_, i) => point(i, 2 * i));
    const band = bandOf([run], "none", 11);
    const steps = [0, 99.9, 199.8, 299.7, 399.6, 499.5, 599.4, 699.3, 799.2, 899.1, 999];
    expect(band.map(({ step }) => step)).toEqual(steps);
    for (const { step, mean } of band) expect(mean).toBeCloseTo(2 * step, 9);
  });
});

describe("ticks", () => {
  it.each([
    [[0, 100_352, 8], [0, 20_000, 40_000, 60_000, 80_000, 100_000]],
    [[-1577, -180, 6], [-1500, -1000, -500]],
    [[0, 1, 6], [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [[-0.03, 0.07, 6], [-0.02, 0, 0.02, 0.04, 0.06]],
  ] as [[number, number, number], number[]][])("of %j are %j", (range, expected) => {
    expect(ticks(...range)).toEqual(expected);
  });

  it.each([[0, "0"], [500, "500"], [9999, "9999"], [25_000, "25k"], [1_500_000, "1.5M"], [-0.05, "\u22120.05"]])(
    "label %d as %s", (value, label) => expect(numberLabel(value)).toBe(label));
});

describe("curveSvg", () => {
  const runs = [0, 1, 2].map((seed) => Array.from({ length: 50 }, (_, i) => point(i * 1000, i * 9 + seed * 20)));

  it("draws a mean line and a shaded interval for each curve, with names, title and labels", () => {
    const svg = curveSvg([{ name: "mdpo", runs }, { name: "ppo", runs }], { title: "A & <B>", smoothing: 5 });
    expect(svg.match(/fill-opacity="0.18"/g)).toHaveLength(2);
    expect(svg.match(/stroke-width="2.2"/g)).toHaveLength(2);
    for (const part of [">mdpo<", ">ppo<", "A &#38; &#60;B&#62;", ">environment steps<", ">return<", ">40k<"]) {
      expect(svg).toContain(part);
    }
  });

  it("draws a lone run faintly behind its mean", () => {
    const svg = curveSvg([{ name: "mdpo", runs: runs.slice(0, 1) }], { title: "t", smoothing: 5 });
    expect(svg.match(/stroke-opacity="0.3"/g)).toHaveLength(1);
    expect(svg).not.toContain("fill-opacity");
  });

  it("gives the same text for the same input", () => {
    const draw = () => curveSvg([{ name: "mdpo", runs }], { title: "t" });
    expect(draw()).toBe(draw());
  });

  it("stays a finite picture whatever the values", () => {
    const value = fc.oneof(fc.double(), fc.constantFrom(0, 500, 1e300, -1e300, NaN, Infinity));
    const run = fc.array(fc.record({ step: fc.nat(1e9), value }), { maxLength: 8 })
      .map((points) => points.sort((a, b) => a.step - b.step));
    const curve = fc.record({ name: fc.string({ unit: "binary" }), runs: fc.array(run, { maxLength: 3 }) });
    fc.assert(fc.property(fc.array(curve, { maxLength: 9 }), fc.integer({ min: 1, max: 9 }), (curves, smoothing) => {
      const svg = curveSvg(curves, { title: "t", smoothing });
      const coordinates = svg.match(/ (d|x|y|x1|y1|x2|y2|cx|cy)="[^"]*"/g)!.join(" ");
      expect(coordinates).not.toMatch(/NaN|Infinity|e[+-]/);
    }));
  });
});

describe("panelGridSvg", () => {
  const runs = [[point(0, 1), point(100, 5)], [point(0, 2), point(100, 9)]];
  const panels = [
    { title: "A", curves: [{ name: "mdpo", runs }, { name: "ppo", runs }] },
    { title: "B", curves: [{ name: "ppo", runs }] },
    { title: "C", curves: [{ name: "sac", runs: [] }] },
  ];

  it("draws a panel each, under one legend that names each curve once", () => {
    const svg = panelGridSvg(panels, { title: "t", columns: 2, panelWidth: 400, panelHeight: 300 });
    expect(svg.match(/<g class="panel">/g)).toHaveLength(3);
    for (const title of "ABC") expect(svg).toContain(`>${title}</text>`);
    for (const name of ["mdpo", "ppo", "sac"]) expect(svg.match(new RegExp(`>${name}</text>`, "g"))).toHaveLength(1);
    // Two rows of two under the title and one row of legend: 51 + 20 above, 300 each.
    expect(svg).toContain('viewBox="0 0 800 671"');
    expect(svg).not.toMatch(/NaN|Infinity/);
  });

  it("draws a name in the same ink in every panel", () => {
    const svg = panelGridSvg(panels, { title: "t" });
    const inks = [...svg.matchAll(/stroke="(#\w+)" stroke-width="2.2"/g)].map(([, ink]) => ink);
    expect(inks).toHaveLength(3);
    expect(inks[2]).toBe(inks[1]);
    expect(inks[1]).not.toBe(inks[0]);
  });
});
