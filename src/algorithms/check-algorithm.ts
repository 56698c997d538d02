import { checkChoice } from "../check-options.ts";
import { BregmanError } from "../error.ts";
import type { Algorithm } from "./algorithm.ts";

/** What solvers and signals there are for each sampler. */
const accepted = {
  rollouts: { solver: ["gradient-steps", "natural-gradient"], signal: ["gae", "monte-carlo"] },
  replay: {
    solver: ["reparameterized-gradient", "dual-regression", "likelihood"], signal: ["q", "q with bounded advantage"],
  },
} as const;

/** An object of the user's, before anything is built of it. Throws `invalid-option` that names what is amiss. */
export function checkAlgorithm(algorithm: Algorithm): void {
  const { id, choices, objective, defaults, reads } = algorithm;
  expect(typeof id === "string" && id !== "", "id", "a name");
  expect(isObject(choices), "choices", "the six choices");
  expect(typeof objective?.surrogate === "function", "objective.surrogate", "a function");
  expect(isObject(defaults), "defaults", "hyperparameters, {} for none");
  expect(Array.isArray(reads), "reads", "a list of hyperparameters");
  const { sampler, solver, signal, anchors, map, schedule } = choices;
  checkChoice("algorithm.choices.sampler.id", sampler?.id ?? null, Object.keys(accepted));
  checkChoice("algorithm.choices.solver.id", solver?.id ?? null, accepted[sampler.id].solver);
  checkChoice("algorithm.choices.signal.id", signal?.id ?? null, accepted[sampler.id].signal);
  expect(Array.isArray(anchors), "choices.anchors", "a list of anchors, [] for none");
  expect(map === "tsallis" || isObject(map), "choices.map", `a mirror map or "tsallis"`);
  expect(isObject(schedule), "choices.schedule", "an id and a parameter");
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

function expect(holds: boolean, name: string, what: string): void {
  if (!holds) {
    throw new BregmanError("invalid-option",
      `algorithm.${name}: expected ${what}; a published method's definition, spread, has all that a method needs`);
  }
}
