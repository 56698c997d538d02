import { describe, expect, it } from "vitest";
import { coordinationGame, type CooperativeTask } from "../../src/multi-agent/cooperative-task.ts";
import { SequentialMdpo, type TeamOptions, type TeamOrder } from "../../src/multi-agent/sequential-mdpo.ts";

/** Both members win where they choose the same action (M47's game), from policies that lean to different ones. */
const agreement = coordinationGame([[1, -1], [-1, 1]]);

async function disagreeing(order: TeamOrder, options: Partial<TeamOptions> = {}): Promise<SequentialMdpo> {
  const team = await SequentialMdpo.create(agreement, {
    iterations: 6, seed: 3, rounds: 512, order, ...options,
    hyperparameters: { networks: { hidden: [] }, stepSize: 20, innerSteps: 100, learningRate: 0.05 },
  });
  [[0.6, 0.4], [0.4, 0.6]].forEach((policy, i) => team.parameters(i).set([0, 0, ...policy.map(Math.log)]));
  return team;
}

describe("HAMDPO on a coordination game", () => {
  it.each([1, 2, 3, 4])("seed %d: sequential steps agree, simultaneous ones pass each other by", async (seed) => {
    // (By the third or fourth step noise breaks the tie: one member lags, and simultaneous steps may recover.)
    const played: Partial<Record<TeamOrder, number[]>> = {};
    for (const order of ["sequential", "simultaneous"] as const) {
      const team = await disagreeing(order, { seed });
      played[order] = [team.step(), team.step(), team.play()];
      team.dispose();
    }
    const { sequential, simultaneous } = played as Record<TeamOrder, number[]>;
    expect(sequential[0]).toBe(simultaneous[0]);
    expect(Math.abs(sequential[0]! + 0.04)).toBeLessThan(0.2);
    expect(Math.min(...sequential.slice(1))).toBeGreaterThan(0.9);
    expect(Math.max(...simultaneous.slice(1))).toBeLessThan(-0.9);
  });

  it("the same seed plays the same rounds, another one others", async () => {
    const run = async (seed: number): Promise<Float32Array> => {
      const team = await disagreeing("sequential", { seed, rounds: 32 });
      team.step();
      const parameters = team.parameters(0).slice();
      team.dispose();
      return parameters;
    };
    expect(await run(5)).toEqual(await run(5));
    expect(await run(6)).not.toEqual(await run(5));
  });

  it("three members learn to answer what each sees, where wrong answers only cancel in pairs", async () => {
    // The team wins where the product of the signs chosen is that of the signs seen.
    const task: CooperativeTask = {
      members: [1, 1, 1].map((observationSize) => ({ observationSize, actions: 2 })),
      begin: (random) => {
        const signs = [0, 1, 2].map(() => (random.uniform() < 0.5 ? -1 : 1));
        return {
          observations: signs.map((sign) => [sign]),
          payoff: (actions) => actions.reduce((product, action, i) => product * (2 * action - 1) * signs[i]!, 1),
        };
      },
    };
    const team = await SequentialMdpo.create(task, {
      iterations: 40, seed: 1, rounds: 512,
      hyperparameters: { networks: { hidden: [8] }, learningRate: 0.02, innerSteps: 20 },
    });
    for (let k = 0; k < 40; k++) team.step();
    expect(team.play()).toBeGreaterThan(0.9);
    team.dispose();
  });
});
