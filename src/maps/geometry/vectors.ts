// Sums over the actions of one state, in the order of the actions.

export function sumOf(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!;
  return total;
}

export function highestOf(values: ArrayLike<number>): number {
  let highest = -Infinity;
  for (let i = 0; i < values.length; i++) highest = Math.max(highest, values[i]!);
  return highest;
}

/** Divided by its sum, in place. */
export function normalized(weights: Float64Array): Float64Array {
  const total = sumOf(weights);
  for (let i = 0; i < weights.length; i++) weights[i]! /= total;
  return weights;
}
