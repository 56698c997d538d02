/** The index of a distribution whose share of [0, 1) holds u. */
export function draw(distribution: Float64Array, u: number): number {
  let [sum, last] = [0, 0];
  for (let i = 0; i < distribution.length; i++) {
    if (distribution[i] === 0) continue;
    sum += distribution[i]!;
    last = i;
    if (u < sum) break;
  }
  return last;
}
