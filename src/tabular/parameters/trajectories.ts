import { BregmanError } from "../../error.ts";
import { randomSource } from "../../random/streams.ts";
import { draw } from "../draw.ts";
import type { Mdp } from "../mdp.ts";
import { softmaxPolicy } from "../softmax-policy.ts";
import { expectCounts } from "../checks.ts";

/** States and actions, step by step, and what the trajectory counts in a mean. */
export interface Trajectory {
  readonly states: readonly number[];
  readonly actions: readonly number[];
  readonly weight: number;
}

/** Trajectories under the policy of these parameters; their weights make an unbiased mean. May remember its draws. */
export type TrajectorySource = (parameters: Float64Array) => readonly Trajectory[];

/** `count` trajectories a call, from the seed's streams of environment and policy. Throws `invalid-option`. */
export function sampledTrajectories(mdp: Mdp, horizon: number, count: number, seed = 0): TrajectorySource {
  expectCounts({ horizon, count });
  const nature = randomSource(seed, "environment");
  const player = randomSource(seed, "policy");
  const { actions, start, states, transitions } = mdp;
  return (parameters) => {
    const policy = softmaxPolicy(mdp, parameters);
    return Array.from({ length: count }, () => {
      const visited: number[] = [];
      const taken: number[] = [];
      for (let t = 0; t < horizon; t++) {
        const row = t === 0 ? 0 : visited[t - 1]! * actions + taken[t - 1]!;
        const s = draw(t === 0 ? start : transitions.subarray(row * states, (row + 1) * states), nature.uniform());
        visited.push(s);
        taken.push(draw(policy.subarray(s * actions, (s + 1) * actions), player.uniform()));
      }
      return { states: visited, actions: taken, weight: 1 / count };
    });
  };
}

/** Every trajectory, weighing its probability: the oracle. Throws `invalid-option` where there may be above 2^20. */
export function allTrajectories(mdp: Mdp, horizon: number): TrajectorySource {
  expectCounts({ horizon });
  const { actions, start, states, transitions } = mdp;
  let count = 1;
  for (let t = 0; t < horizon; t++) count *= states * actions;
  if (count > 1048576) {
    throw new BregmanError("invalid-option", `horizon: ${horizon} steps make ${count} trajectories; at most 1048576`);
  }
  return (parameters) => {
    const policy = softmaxPolicy(mdp, parameters);
    let all: Trajectory[] = [{ states: [], actions: [], weight: 1 }];
    for (let t = 0; t < horizon; t++) {
      all = all.flatMap(({ states: visited, actions: taken, weight }) => {
        const row = t === 0 ? 0 : visited[t - 1]! * actions + taken[t - 1]!;
        return Array.from(policy, (p, pair) => {
          const s = Math.floor(pair / actions);
          const chance = t === 0 ? start[s]! : transitions[row * states + s]!;
          return { states: [...visited, s], actions: [...taken, pair % actions], weight: weight * chance * p };
        }).filter((longer) => longer.weight > 0);
      });
    }
    return all;
  };
}
