import { expect, it } from "vitest";
import { makeMdp } from "../../../src/tabular/mdp.ts";
import {
  bootstrappedMetaGradient, entropyBandit, squaredMatching,
} from "../../../src/tabular/parameters/bootstrapped-meta-gradient.ts";
import { EvolutionStrategy } from "../../../src/tabular/parameters/evolution-strategy.ts";
import { epochs } from "../../../src/tabular/parameters/gradient-estimators.ts";
import { GreedyActor } from "../../../src/tabular/parameters/greedy-actor.ts";
import { ProximalQLearning } from "../../../src/tabular/parameters/proximal-values.ts";
import { allTrajectories } from "../../../src/tabular/parameters/trajectories.ts";
import { meanGradient } from "../../../src/tabular/parameters/trajectory-gradients.ts";
import { goldenMdp } from "../../support/tabular.ts";

const golden = makeMdp(goldenMdp);
const all = allTrajectories(golden, 2);
const search = (pairs: number, deviation: number) =>
  new EvolutionStrategy([0], () => 0, { pairs, deviation, learningRate: 1 });

it.each([
  ["parameters", "invalid-shape", () => meanGradient(golden, new Float64Array(3), [])],
  ["length", "invalid-option", () => epochs(golden, all, all, 0)],
  ["pairs", "invalid-option", () => search(0.5, 1)],
  ["deviation", "invalid-option", () => search(1, 0)],
  ["bootstrapSteps", "invalid-option", () => bootstrappedMetaGradient(entropyBandit([1]), [0], 0,
    { stepSize: 1, innerSteps: 1, bootstrapSteps: 0, matching: squaredMatching })],
  ["strength", "invalid-option", () => new ProximalQLearning(golden, { rate: 0.1, strength: 0, innerSteps: 1 })],
  ["rate", "invalid-option", () => new GreedyActor(2, { share: 0.1, entropyWeight: 0, rate: NaN })],
] as const)("methods in parameters say which number is wrong: %s", (name, code, call) => {
  expect(call).toThrow(expect.objectContaining({ code, message: expect.stringContaining(`${name}: expected`) }));
});
