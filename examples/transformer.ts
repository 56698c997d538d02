// A small causal transformer that learns to copy or to sort strings of digits, on the tensor layer alone. A sequence is
// the given digits, a separator and the wanted digits; each position predicts the token after it. A whole update
// (forward, backward, Adam) is one compiled program: one call into WASM, or one submitted command buffer.
import * as t from "bregman/tensor";

export interface TransformerOptions {
  readonly task: "copy" | "sort";
  readonly device: t.Device;
  readonly steps: number;
  readonly seed: number;
  readonly digits?: number;
  readonly layers?: number;
  readonly batch?: number;
  /** Called after every `reportEvery` updates (default 100) with the loss of the last one. */
  readonly onLoss?: (loss: number, step: number) => void;
  readonly reportEvery?: number;
}

type Shown = { tokens: Int32Array; targets: Int32Array };

const [width, heads, separator, vocabulary] = [32, 4, 10, 11];

/** Trains, and returns the share of 512 strings never trained on that come out right in every digit. */
export async function trainTransformer(options: TransformerOptions): Promise<{ accuracy: number }> {
  const { task, device, steps, seed, digits = 5, layers = 2, batch = 64, reportEvery = 100, onLoss } = options;
  const { parameters, logits } = transformer(digits, layers);
  const flat = t.input("parameters", [t.parameterCount(parameters)]);
  const learningRate = t.input("learningRate", [1]);
  const tokens = t.input("tokens", [batch, 2 * digits], "i32");
  const targets = t.input("targets", [batch, digits], "i32");
  const logProbs = t.logSoftmax(logits(t.bindParameters(flat, parameters), tokens));
  const loss = t.neg(t.mean(t.takeAlongAxis(logProbs, t.expandDims(targets, -1), -1)));

  const optimizer = t.adam({ beta2: 0.99 });
  const gradient = t.grad(loss, [flat])[0]!;
  const sizes = Object.entries(optimizer.stateSizes(flat.size));
  const state = Object.fromEntries(sizes.map(([name, { size }]) => [name, t.input(name, [size])]));
  const next = optimizer.step({ parameters: flat, gradient, learningRate, state });
  const moments = Object.keys(state).map((name) => [state[name]!, next.state[name]!] as const);
  const update = await device.load(t.compile({ outputs: { loss }, updates: [[flat, next.parameters], ...moments] }));
  device.write(update.buffer("parameters"), await t.initializeParameters(parameters, seed));

  const random = t.randomSource(seed, "environment");
  for (let step = 1; step <= steps; step++) {
    const shown = drawStrings(random, task, batch, digits, false);
    const rate = 0.004 * Math.min(1, step / 20, 2 * (1 - (step - 1) / steps));
    device.write(update.buffer("tokens"), shown.tokens);
    device.write(update.buffer("targets"), shown.targets);
    device.write(update.buffer("learningRate"), Float32Array.of(rate));
    update.run();
    if (onLoss && step % reportEvery === 0) onLoss((await device.read(update.buffer("loss")))[0]!, step);
  }

  // The right digits are fed in. A string counts when each digit follows from the right ones before it, and that is
  // exactly when greedy decoding writes the string.
  const count = 512;
  const heldOut = drawStrings(t.randomSource(seed, "evaluation"), task, count, digits, true);
  const asked = t.input("tokens", [count, 2 * digits], "i32");
  const guess = t.argmax(logits(t.bindParameters(flat, parameters), asked), -1);
  const trained = { parameters: update.buffer("parameters") };
  const evaluation = await device.load(t.compile({ outputs: { guess } }), trained);
  device.write(evaluation.buffer("tokens"), heldOut.tokens);
  evaluation.run();
  const guesses = await device.read(evaluation.buffer("guess"));
  const wrong = new Set<number>();
  heldOut.targets.forEach((digit, i) => { if (guesses[i] !== digit) wrong.add(Math.floor(i / digits)); });
  return { accuracy: 1 - wrong.size / count };
}

/** Learned positions and pre-norm blocks. logits: tokens i32 [B, 2 digits] -> [B, digits, 11], the second half's. */
function transformer(digits: number, layers: number) {
  const parameters: t.ParameterSpec[] = [];
  const table = (name: string, from: number, to: number, gain = 1): void => {
    parameters.push({ name, shape: [from, to], initializer: { kind: "normal", gain, fan: "inputs" } });
  };
  const linear = (name: string, from: number, to: number, gain = 1): void => {
    table(name, from, to, gain);
    parameters.push({ name: `${name}.bias`, shape: [to], initializer: { kind: "zeros" } });
  };
  table("tokens", vocabulary, width);
  table("positions", 2 * digits, width);
  for (let i = 0; i < layers; i++) {
    linear(`${i}.attend`, width, 3 * width);
    linear(`${i}.mix`, width, width, 0.5);
    linear(`${i}.widen`, width, 4 * width);
    linear(`${i}.narrow`, 4 * width, width, 0.5);
  }
  linear("output", width, vocabulary);

  const apply = (p: t.Parameters, name: string, x: t.Tensor) => t.matmul(x, p[name]!, p[`${name}.bias`]!);
  const attention = (p: t.Parameters, i: number, x: t.Tensor) => {
    const byHead = (each: t.Tensor) =>   // [B, T, width] -> [B, heads, T, width / heads]
      t.permute(t.reshape(each, [x.shape[0]!, x.shape[1]!, heads, width / heads]), [0, 2, 1, 3]);
    const [query, key, value] = t.split(apply(p, `${i}.attend`, x), [width, width, width]).map(byHead);
    const mixed = t.permute(t.causalAttention(query!, key!, value!), [0, 2, 1, 3]);
    return apply(p, `${i}.mix`, t.reshape(mixed, x.shape));
  };
  const logits = (p: t.Parameters, tokens: t.Tensor): t.Tensor => {
    let x = t.add(t.embedding(p.tokens!, tokens), p.positions!);
    for (let i = 0; i < layers; i++) {
      x = t.add(x, attention(p, i, t.layerNorm(x)));
      x = t.add(x, apply(p, `${i}.narrow`, t.gelu(apply(p, `${i}.widen`, t.layerNorm(x)))));
    }
    return apply(p, "output", t.layerNorm(t.slice(x, 1, digits, 2 * digits)));
  };
  return { parameters, logits };
}

/** Strings and answers. Those of a digit sum that 10 divides are held out, in any order; training sees none of them. */
function drawStrings(random: t.RandomSource, task: string, count: number, digits: number, heldOut: boolean): Shown {
  const [tokens, targets] = [new Int32Array(count * 2 * digits), new Int32Array(count * digits)];
  for (let row = 0; row < count;) {
    const given = Int32Array.from({ length: digits }, () => random.integer(10));
    if ((given.reduce((sum, digit) => sum + digit, 0) % 10 === 0) !== heldOut) continue;
    const wanted = task === "copy" ? given : given.slice().sort();
    tokens.set([...given, separator, ...wanted.subarray(0, digits - 1)], row * 2 * digits);
    targets.set(wanted, row++ * digits);
  }
  return { tokens, targets };
}
