import { BregmanError } from "../error.ts";

/** Sums over steps, the last of which is their number, as means by name; 0 where no step was taken. */
export function meansOf(sums: Float32Array, names: readonly string[]): Record<string, number> {
  const count = sums[names.length - 1]!;
  return Object.fromEntries(names.slice(0, -1).map((name, i) => [name, count > 0 ? sums[i]! / count : 0]));
}

/** Throws `numerical-failure`, naming the metric, unless all are finite. */
export function checkFinite(metrics: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(metrics)) {
    if (Number.isFinite(value)) continue;
    throw new BregmanError("numerical-failure",
      `the update's ${name} became ${value}; lower learningRate or stepSize, ` +
      "or check rewards and observations for extreme values");
  }
}
