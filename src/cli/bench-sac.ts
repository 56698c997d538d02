/** The SAC update of the bench: one program, traced as a user of bregman/tensor would, on data that a hash makes. */
import type { Device, Network, Tensor } from "../tensor.ts";
import {
  adamStep, checkedUpdate, type Data, hashed, type KnownLosses, type TensorLibrary, type TracedUpdate, type Update,
} from "./bench-update.ts";

const observations = 17;
const actions = 6;
const hidden = [256, 256];
const batch = 256;
const discount = 0.99;
const averaging = 0.005;
const logSqrtTwoPi = 0.9189385332;

/** The critics' loss, as PyTorch, JAX and a GPU show it, too. */
const knownLosses: KnownLosses = { first: 13.2774, updates: 5, later: 2.27415 };

/**
 * Actor 17-256-256-12 and two critics 23-256-256-1 with targets, ReLU, batch 256: critics (Adam 1e-3), actor (3e-4),
 * temperature (1e-3) and the targets' averages (0.005) in one program, all from what the networks were before it. The
 * noise of the actions is data. Throws `numerical-failure` unless the losses are the known ones.
 */
export function sacUpdate(library: TensorLibrary, device: Device): Promise<Update> {
  return checkedUpdate(`sac-update-${batch}`, () => traced(library), knownLosses, device);
}

function traced(t: TensorLibrary): TracedUpdate {
  const network = (name: string, inputs: number, outputs: number) =>
    t.mlp({ inputs, hidden, outputs, activation: "relu", name });
  const actor = network("actor", observations, 2 * actions);
  const critics = ["one", "two"].map((name) => network(name, observations + actions, 1));
  const criticSpecs = critics.flatMap(({ parameters }) => parameters);
  const criticSize = t.parameterCount(criticSpecs);
  const actorFlat = t.input("actor", [t.parameterCount(actor.parameters)]);
  const [criticFlat, targetFlat] = [t.input("critics", [criticSize]), t.input("targets", [criticSize])];
  const logTemperature = t.input("logTemperature", [1]);
  const matrix = (name: string, width: number) => t.input(name, [batch, width]);
  const observation = matrix("observation", observations);

  const actorParameters = t.bindParameters(actorFlat, actor.parameters);
  const act = (from: Tensor, noise: string) =>
    squashedAction(t, actor.apply(actorParameters, from).output, matrix(noise, actions));
  const values = (flat: Tensor, from: Tensor, action: Tensor): [Tensor, Tensor] => {
    const parameters = t.bindParameters(flat, criticSpecs);
    const value = (critic: Network) =>
      t.reshape(critic.apply(parameters, t.concat([from, action], 1)).output, [batch]);
    return [value(critics[0]!), value(critics[1]!)];
  };

  const temperature = t.stopGradient(t.exp(t.reshape(logTemperature, [])));
  const next = matrix("next", observations);
  const nextAct = act(next, "nextNoise");
  const nextValue = t.sub(
    t.minimum(...values(targetFlat, next, nextAct.action)), t.mul(temperature, nextAct.logProb));
  const goal = t.stopGradient(t.add(t.input("reward", [batch]), t.mul(discount, nextValue)));
  const [one, two] = values(criticFlat, observation, matrix("action", actions));
  const criticLoss = t.add(t.mean(t.square(t.sub(one, goal))), t.mean(t.square(t.sub(two, goal))));
  const now = act(observation, "noise");
  const least = t.minimum(...values(criticFlat, observation, now.action));
  const actorLoss = t.mean(t.sub(t.mul(temperature, now.logProb), least));
  const excess = t.stopGradient(t.mean(t.sub(now.logProb, actions)));
  const temperatureLoss = t.neg(t.mul(t.exp(t.reshape(logTemperature, [])), excess));

  const criticStep = adamStep(t, criticFlat, criticLoss, 1e-3, 1e-8, "adamCritics");
  const program = t.compile({
    outputs: { loss: criticLoss },
    updates: [
      ...criticStep, ...adamStep(t, actorFlat, actorLoss, 3e-4, 1e-8, "adamActor"),
      ...adamStep(t, logTemperature, temperatureLoss, 1e-3, 1e-8, "adamTemperature"),
      [targetFlat, t.add(t.mul(1 - averaging, targetFlat), t.mul(averaging, criticStep[0]![1]))],
    ],
  });
  return { program, ...data() };
}

/** The action tanh(mean + std noise) and the logarithm of its density; log std between -5 and 2. */
function squashedAction(t: TensorLibrary, output: Tensor, noise: Tensor): { action: Tensor; logProb: Tensor } {
  const [mean, raw] = t.split(output, [actions, actions]) as [Tensor, Tensor];
  const logStd = t.sub(t.mul(t.add(t.tanh(raw), 1), 3.5), 5);
  const action = t.tanh(t.add(mean, t.mul(t.exp(logStd), noise)));
  const density = t.sub(t.mul(-0.5, t.square(noise)), t.add(logStd, logSqrtTwoPi));
  return { action, logProb: t.sum(t.sub(density, t.log(t.sub(1 + 1e-6, t.square(action)))), 1) };
}

/** One hash over everything in this order, as the other libraries' suites make it; biases are 0. */
function data(): { states: Data; batch: Data } {
  let k = 5;
  const draw = (length: number, scale: number) => Float32Array.from({ length }, () => scale * (hashed(k++) - 0.5));
  const [width] = hidden as [number];
  const network = (inputs: number, outputs: number): number[] => [
    [inputs * width, 0.3], [width, 0], [width * width, 0.12], [width, 0], [width * outputs, 0.1], [outputs, 0],
  ].flatMap(([length, scale]) => [...draw(length!, scale!)]);
  const actor = Float32Array.from(network(observations, 2 * actions));
  const critics = Float32Array.from([...network(observations + actions, 1), ...network(observations + actions, 1)]);
  return {
    states: { actor, critics, targets: critics, logTemperature: 0 },
    batch: {
      observation: draw(batch * observations, 2), next: draw(batch * observations, 2),
      action: draw(batch * actions, 2), nextNoise: draw(batch * actions, 2), noise: draw(batch * actions, 2),
      reward: draw(batch, 1),
    },
  };
}
