// Programs that change their inputs, as training does: one step of gradient descent with momentum on a case's loss.
import { add, grad, input, mul, sub, type Tensor } from "../../src/tensor/index.ts";
import type { ProgramSource } from "../../src/program/compile.ts";
import type { Differentiable } from "./differentiable.ts";
import { nameOf } from "./differentiable.ts";
import { evaluate, type Values } from "./interpreter.ts";

export interface TrainingGraph {
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly updates: readonly (readonly [Tensor, Tensor])[];
  readonly values: Readonly<Record<string, Values>>;
}

/** x -= 0.01 velocity, velocity = velocity / 2 + gradient, from the values before; the loss before is an output. */
export function trainingGraph({ loss, variables, values }: Differentiable): TrainingGraph {
  const velocities = variables.map((x) => input(`${nameOf(x)}.velocity`, x.shape));
  const updates = grad(loss, variables).flatMap((gradient, i) => {
    const [x, velocity] = [variables[i]!, velocities[i]!];
    return [[x, sub(x, mul(0.01, velocity))], [velocity, add(mul(0.5, velocity), gradient)]] as const;
  });
  const startOf = ({ size }: Tensor): Values => Float64Array.from({ length: size }, (_, i) => (i % 3) - 1);
  const start = Object.fromEntries(velocities.map((velocity) => [nameOf(velocity), startOf(velocity)]));
  return { outputs: { loss }, updates, values: { ...values, ...start } };
}

export const sourceOf = ({ outputs, updates }: TrainingGraph): ProgramSource => ({ outputs, updates });

/** The values of all updated inputs after some runs, in float64. */
export function trainedValues({ updates, values }: TrainingGraph, runs: number): Record<string, Values> {
  const state: Record<string, Values> = { ...values };
  for (let run = 0; run < runs; run++) {
    const after = evaluate(updates.map(([, value]) => value), state);
    updates.forEach(([x], i) => (state[nameOf(x)] = after[i]!));
  }
  return Object.fromEntries(updates.map(([x]) => [nameOf(x), state[nameOf(x)]!]));
}
