/** A batch of T x N steps, time-major. */
export interface Batch<Numbers = Float32Array> {
  readonly steps: number;
  readonly columns: number;
  readonly rewards: Numbers;
  readonly values: Numbers;
  readonly nextValues: Numbers;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
}

const f = Math.fround;

/** GAE in float32, each operation rounded, in the order that assembly/estimators/gae.ts promises. */
export function gaeReference(batch: Batch, discount: number, lambda: number) {
  const { advantages, returns } = gaeWith(f, batch, discount, lambda);
  return { advantages: Float32Array.from(advantages), returns: Float32Array.from(returns) };
}

/** The same in float64. */
export function gaeInFloat64(batch: Batch<Float64Array>, discount: number, lambda: number) {
  return gaeWith((x) => x, batch, discount, lambda);
}

function gaeWith(
  f: (x: number) => number, { steps, columns, ...batch }: Batch<Float32Array | Float64Array>, discount: number,
  lambda: number,
) {
  const advantages = new Float64Array(steps * columns);
  const returns = new Float64Array(steps * columns);
  const [gamma, decay] = [f(discount), f(f(discount) * f(lambda))];
  for (let column = 0; column < columns; column++) {
    let advantage = 0;
    for (let i = (steps - 1) * columns + column; i >= 0; i -= columns) {
      const bootstrap = batch.terminated[i] ? 0 : f(gamma * batch.nextValues[i]!);
      const delta = f(f(batch.rewards[i]! + bootstrap) - batch.values[i]!);
      const carried = batch.terminated[i] || batch.truncated[i] ? 0 : f(decay * advantage);
      advantage = f(delta + carried);
      advantages[i] = advantage;
      returns[i] = f(advantage + batch.values[i]!);
    }
  }
  return { advantages, returns };
}

/** The n-step return by its definition, in float64: n rewards, then the value; lambda-returns are mixtures of these. */
export function nStepReference({ steps, columns, ...batch }: Batch, discount: number, n: number): Float64Array {
  return Float64Array.from({ length: steps * columns }, (_, i) => {
    let sum = 0;
    let weight = 1;
    for (let k = 0, at = i; ; k++, at += columns) {
      sum += weight * batch.rewards[at]!;
      weight *= discount;
      if (batch.terminated[at]) return sum;
      const cut = batch.truncated[at] || k === n - 1 || at + columns >= steps * columns;
      if (cut) return sum + weight * batch.nextValues[at]!;
    }
  });
}
