// The work items that a GPU is measured on, traced with a given `bregman/tensor` as a user would: programs and the data
// they begin from. The numbers come from a hash, so that every library can make the same (webgpu_peers.py does).
// An item: { name, program, data: { input: Float32Array | number that fills it }, flops: of one run }.

const observations = 17, actions = 6;
const logSqrtTwoPi = 0.9189385332;

/** The k-th number in [0, 1) of the hash. */
export function hashed(k) {
  let x = k | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return ((x ^ (x >>> 16)) >>> 8) / 16777216;
}

const filled = (length, f) => Float32Array.from({ length }, (_, i) => f(i));
const signed = (length, first) => filled(length, (i) => 2 * hashed(first + i) - 1);

/** x = (x b) b, square of n. */
export function matmulItem(t, n) {
  const [x, b] = [t.input("x", [n, n]), t.input("b", [n, n])];
  return {
    name: `matmul-${n}`, flops: 4 * n ** 3,
    program: t.compile({ updates: [[x, t.matmul(t.matmul(x, b), b)]] }),
    data: { x: filled(n * n, (i) => (i % 7) * 0.01), b: filled(n * n, (i) => (i % 7) / (3 * n)) },
  };
}

/**
 * An update of PPO: tanh networks 17-64-64-6 and 17-64-64-1, a Gaussian with a free log-std, the clipped surrogate
 * (0.2), half the squared error of the values, 0.01 entropy; Adam (3e-4, epsilon 1e-5). As in src/cli/bench-ppo.ts.
 */
export function ppoItem(t, batch) {
  const network = (name, outputs) =>
    t.mlp({ inputs: observations, hidden: [64, 64], outputs, activation: "tanh", name });
  const [actor, critic] = [network("actor", actions), network("critic", 1)];
  const logStdSpec = { name: "logStd", shape: [actions], initializer: { kind: "zeros" } };
  const specs = [...actor.parameters, logStdSpec, ...critic.parameters];
  const count = t.parameterCount(specs);
  const flat = t.input("parameters", [count]);
  const parameters = t.bindParameters(flat, specs);
  const observation = t.input("observation", [batch, observations]);
  const [advantage, oldLogProb, returns] = ["advantage", "oldLogProb", "return"].map((name) => t.input(name, [batch]));
  const mean = actor.apply(parameters, observation).output;
  const value = t.reshape(critic.apply(parameters, observation).output, [batch]);
  const { logStd } = parameters;
  const deviations = t.mul(t.sub(t.input("action", [batch, actions]), mean), t.exp(t.neg(logStd)));
  const logProb = t.sub(t.mul(-0.5, t.sum(t.square(deviations), 1)), t.sum(t.add(logStd, logSqrtTwoPi)));
  const ratio = t.exp(t.sub(logProb, oldLogProb));
  const surrogate = t.minimum(t.mul(ratio, advantage), t.mul(t.clamp(ratio, 0.8, 1.2), advantage));
  const valueLoss = t.mul(0.5, t.mean(t.square(t.sub(value, returns))));
  const entropy = t.sum(t.add(logStd, logSqrtTwoPi + 0.5));
  const loss = t.sub(t.sub(valueLoss, t.mean(surrogate)), t.mul(0.01, entropy));
  const program = t.compile({ outputs: { loss }, updates: adamStep(t, "adam", flat, loss, 3e-4, 1e-5) });
  const initial = filled(count, (i) => 0.3 * (hashed(1 + i) - 0.5));
  const logStdAt = t.parameterCount(actor.parameters);
  initial.fill(0, logStdAt, logStdAt + actions);
  return {
    name: `ppo-update-${batch}`, program, flops: 2 * program.work.multiplyAdds,
    data: {
      parameters: initial, observation: signed(batch * observations, 100_001), action: signed(batch * actions, 900_001),
      advantage: signed(batch, 7_000_001), return: filled(batch, (i) => hashed(8_000_001 + i)), oldLogProb: -6,
      ...zeros(program, "adam."),
    },
  };
}

/**
 * An update of SAC: actor 17-256-256-12 and twin critics 23-256-256-1 with targets, ReLU; critics (Adam 1e-3), actor
 * (3e-4), temperature (1e-3) and Polyak averages (0.005) at once, all from what the networks were before; the targets
 * follow the new critics. The noise is data. `loss` is the critics' loss, `actorLoss` the actor's.
 */
export function sacItem(t, batch) {
  const network = (name, inputs, outputs) =>
    t.mlp({ inputs, hidden: [256, 256], outputs, activation: "relu", name });
  const actor = network("actor", observations, 2 * actions);
  const critics = [network("one", observations + actions, 1), network("two", observations + actions, 1)];
  const criticSpecs = critics.flatMap(({ parameters }) => parameters);
  const [actorFlat, criticFlat, targetFlat] = [
    t.input("actor", [t.parameterCount(actor.parameters)]), t.input("critics", [t.parameterCount(criticSpecs)]),
    t.input("targets", [t.parameterCount(criticSpecs)]),
  ];
  const matrix = (name, width) => t.input(name, [batch, width]);
  const [observation, next, action] = [matrix("observation", 17), matrix("next", 17), matrix("action", 6)];
  const act = (noise, from) => {
    const [mean, raw] = t.split(actor.apply(t.bindParameters(actorFlat, actor.parameters), from).output, [6, 6]);
    const logStd = t.sub(t.mul(t.add(t.tanh(raw), 1), 3.5), 5);
    const squashed = t.tanh(t.add(mean, t.mul(t.exp(logStd), noise)));
    const density = t.sub(t.mul(-0.5, t.square(noise)), t.add(logStd, logSqrtTwoPi));
    return { action: squashed, logProb: t.sum(t.sub(density, t.log(t.sub(1 + 1e-6, t.square(squashed)))), 1) };
  };
  const judge = (flat, from, chosen) => critics.map((critic) =>
    t.reshape(critic.apply(t.bindParameters(flat, criticSpecs), t.concat([from, chosen], 1)).output, [batch]));

  const logTemperature = t.input("logTemperature", [1]);
  const temperature = t.stopGradient(t.exp(t.reshape(logTemperature, [])));
  const nextAct = act(matrix("nextNoise", 6), next);
  const nextValue = t.sub(t.minimum(...judge(targetFlat, next, nextAct.action)), t.mul(temperature, nextAct.logProb));
  const goal = t.stopGradient(t.add(t.input("reward", [batch]), t.mul(0.99, nextValue)));
  const [one, two] = judge(criticFlat, observation, action).map((q) => t.mean(t.square(t.sub(q, goal))));
  const criticLoss = t.add(one, two);
  const now = act(matrix("noise", 6), observation);
  const least = t.minimum(...judge(criticFlat, observation, now.action));
  const actorLoss = t.mean(t.sub(t.mul(temperature, now.logProb), least));
  const excess = t.stopGradient(t.mean(t.sub(now.logProb, actions)));
  const temperatureLoss = t.neg(t.mul(t.exp(t.reshape(logTemperature, [])), excess));
  const criticStep = adamStep(t, "criticAdam", criticFlat, criticLoss, 1e-3, 1e-8);
  const updates = [
    ...criticStep, ...adamStep(t, "actorAdam", actorFlat, actorLoss, 3e-4, 1e-8),
    ...adamStep(t, "temperatureAdam", logTemperature, temperatureLoss, 1e-3, 1e-8),
    [targetFlat, t.add(t.mul(0.995, targetFlat), t.mul(0.005, criticStep[0][1]))],
  ];
  const program = t.compile({ outputs: { loss: criticLoss, actorLoss }, updates });
  return {
    name: `sac-update-${batch}`, program, flops: 2 * program.work.multiplyAdds,
    data: { ...sacData(batch), logTemperature: 0, ...zeros(program, "criticAdam."), ...zeros(program, "actorAdam."),
      ...zeros(program, "temperatureAdam.") },
  };
}

/** As the other libraries' suite makes it: one hash over everything in this order; biases and endings are 0. */
function sacData(batch) {
  let k = 5;
  const draw = (length, scale) => filled(length, () => scale * (hashed(k++) - 0.5));
  const network = (inputs, outputs) =>
    [[inputs * 256, 0.3], [256, 0], [65536, 0.12], [256, 0], [256 * outputs, 0.1], [outputs, 0]]
      .flatMap(([length, scale]) => Array.from(draw(length, scale)));
  const actor = Float32Array.from(network(17, 12));
  const critics = Float32Array.from([...network(23, 1), ...network(23, 1)]);
  return {
    actor, critics, targets: critics,
    observation: draw(batch * 17, 2), next: draw(batch * 17, 2), action: draw(batch * 6, 2),
    nextNoise: draw(batch * 6, 2), noise: draw(batch * 6, 2), reward: draw(batch, 1),
  };
}

function adamStep(t, prefix, flat, loss, learningRate, epsilon) {
  const optimizer = t.adam({ epsilon });
  const sizes = Object.entries(optimizer.stateSizes(flat.size));
  const state = Object.fromEntries(sizes.map(([name, { size }]) => [name, t.input(`${prefix}.${name}`, [size])]));
  const [gradient] = t.grad(loss, [flat]);
  const next = optimizer.step({ parameters: flat, gradient, learningRate: t.full([1], learningRate), state });
  return [[flat, next.parameters], ...Object.keys(state).map((name) => [state[name], next.state[name]])];
}

const zeros = ({ inputs }, prefix) =>
  Object.fromEntries([...inputs.keys()].filter((name) => name.startsWith(prefix)).map((name) => [name, 0]));
