// Policies that were trained for a moment: what they do is not the point, how they do it is.
import { train, type EnvironmentArgument, type Policy, type Space, type TrainerOptions } from "../../src/index.ts";
import { target } from "./training-environments.ts";
import { numbers } from "./values.ts";

export const quick: TrainerOptions = {
  algorithm: "ppo", envs: 2, steps: 64, device: "wasm",
  hyperparameters: { horizon: 16, networks: { hidden: [8] }, minibatchSize: 16, epochs: 2 },
};

export async function trained(
  environment: EnvironmentArgument, hyperparameters: TrainerOptions["hyperparameters"] = {},
): Promise<Policy> {
  const options = { ...quick, hyperparameters: { ...quick.hyperparameters, ...hyperparameters } };
  return (await train(environment, options)).policy;
}

export const box = (low: number | number[], high: number | number[], ...shape: number[]): Space =>
  ({ kind: "box", shape, low, high });

/** An observation of the policies `withActions` gives, which see three numbers. */
export const somewhere = [0.5, -0.25, 1];

export const withActions = (space: Space): Promise<Policy> =>
  trained(target(box(-1, 1, 3), [0.1, 0.2, 0.3], space, () => true));

export const withObservations = (space: Space, value: unknown, hyperparameters = {}): Promise<Policy> =>
  trained(target(space, value, { kind: "discrete", n: 2 }, (a) => a === 0), hyperparameters);

/** Random rows in [-1, 1). */
export function rows(count: number, width: number): number[][] {
  const next = numbers(count * 100 + width);
  return Array.from({ length: count }, () => Array.from({ length: width }, () => 2 * next() - 1));
}
