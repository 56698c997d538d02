/** The PPO update of the bench: one program, traced as a user of bregman/tensor would, on data that a hash makes. */
import type { Device, Tensor } from "../tensor.ts";
import {
  adamStep, checkedUpdate, hashed, type KnownLosses, type TensorLibrary, type TracedUpdate, type Update,
} from "./bench-update.ts";

const inputs = 17;
const hidden = [64, 64];
const actions = 6;
const logSqrtTwoPi = 0.9189385332;

/** Per batch. */
const knownLosses: Readonly<Record<number, KnownLosses>> = {
  64: { first: 0.10303, updates: 50, later: -0.06961 },
  2048: { first: 0.08667, updates: 50, later: -0.00568 },
};

/**
 * Two tanh networks 17-64-64-6 and 17-64-64-1, a Gaussian with a free log-std; the clipped surrogate (0.2), half the
 * squared error of the values and 0.01 entropy; backward; Adam (3e-4). Throws `numerical-failure` unless the losses are
 * the known ones, where they are known.
 */
export function ppoUpdate(library: TensorLibrary, batch: number, device: Device): Promise<Update> {
  return checkedUpdate(`ppo-update-${batch}`, () => traced(library, batch), knownLosses[batch], device);
}

function traced(t: TensorLibrary, batch: number): TracedUpdate {
  const network = (name: string, outputs: number) => t.mlp({ inputs, hidden, outputs, activation: "tanh", name });
  const [actor, critic] = [network("actor", actions), network("critic", 1)];
  const logStdSpec = { name: "logStd", shape: [actions], initializer: { kind: "zeros" } } as const;
  const specs = [...actor.parameters, logStdSpec, ...critic.parameters];
  const parameterCount = t.parameterCount(specs);
  const flat = t.input("parameters", [parameterCount]);
  const parameters = t.bindParameters(flat, specs);

  const observation = t.input("observation", [batch, inputs]);
  const column = (name: string): Tensor => t.input(name, [batch]);
  const [advantage, oldLogProb, returns] = [column("advantage"), column("oldLogProb"), column("return")];
  const mean = actor.apply(parameters, observation).output;
  const value = t.reshape(critic.apply(parameters, observation).output, [batch]);
  const logStd = parameters.logStd!;
  const deviations = t.mul(t.sub(t.input("action", [batch, actions]), mean), t.exp(t.neg(logStd)));
  const logProb = t.sub(t.mul(-0.5, t.sum(t.square(deviations), 1)), t.sum(t.add(logStd, logSqrtTwoPi)));
  const ratio = t.exp(t.sub(logProb, oldLogProb));
  const surrogate = t.minimum(t.mul(ratio, advantage), t.mul(t.clamp(ratio, 0.8, 1.2), advantage));
  const valueLoss = t.mul(0.5, t.mean(t.square(t.sub(value, returns))));
  const entropy = t.sum(t.add(logStd, logSqrtTwoPi + 0.5));
  const loss = t.sub(t.sub(valueLoss, t.mean(surrogate)), t.mul(0.01, entropy));

  const program = t.compile({ outputs: { loss }, updates: adamStep(t, flat, loss, 3e-4, 1e-5) });
  const first = filled(parameterCount, 1).map((x) => 0.3 * (x - 0.5));
  const logStdAt = t.parameterCount(actor.parameters);
  first.fill(0, logStdAt, logStdAt + actions);
  return { program, states: { parameters: first }, batch: batchOf(batch) };
}

function batchOf(batch: number): TracedUpdate["batch"] {
  const signed = (length: number, first: number) => filled(length, first).map((x) => 2 * x - 1);
  return {
    observation: signed(batch * inputs, 100_001), action: signed(batch * actions, 900_001),
    advantage: signed(batch, 7_000_001), return: filled(batch, 8_000_001), oldLogProb: -6,
  };
}

function filled(length: number, first: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => hashed(first + i));
}
