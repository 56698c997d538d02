import { expect, it } from "vitest";
import { ConstrainedMirrorDescent } from "../../src/tabular/constrained.ts";
import { makeMdp } from "../../src/tabular/mdp.ts";
import { goldenMdp } from "../support/tabular.ts";

// M42 of the catalogue: the golden process, cost 1 for the second action in the second state, at most 0.2 of the time.

const constraint = { cost: Float64Array.of(0, 0, 0, 1), budget: 0.2 };

function tail(isOptimistic: boolean): { run: ConstrainedMirrorDescent; rewards: number[]; multipliers: number[] } {
  const run = new ConstrainedMirrorDescent(makeMdp(goldenMdp), [constraint],
    { stepSize: 0.02, multiplierStepSize: 2, isOptimistic });
  const [rewards, multipliers]: [number[], number[]] = [[], []];
  for (let k = 0; k < 20_000; k++) {
    run.step();
    if (k < 18_000) continue;
    rewards.push(run.measure().reward);
    multipliers.push(run.multipliers[0]!);
  }
  return { run, rewards, multipliers };
}
const range = (values: readonly number[]) => Math.max(...values) - Math.min(...values);

it("optimistic ascent-descent settles at the saddle: reward 1.0849315, cost 0.2, multiplier 2.61644", () => {
  const { run, rewards, multipliers } = tail(true);
  expect(range(rewards)).toBeLessThan(1e-6);
  expect(rewards.at(-1)).toBeCloseTo(1.0849315, 6);
  expect(run.measure().costs[0]).toBeCloseTo(0.2, 6);
  expect(multipliers.at(-1)).toBeCloseTo(2.61644, 4);
});

it("plain ascent-descent goes on swinging around it", () => {
  const { rewards, multipliers } = tail(false);
  expect(range(rewards)).toBeGreaterThan(0.2);
  expect(range(multipliers)).toBeGreaterThan(4);
});
