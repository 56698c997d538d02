// Targets for values, in one backward pass over time-major [T, N] arrays; termination and truncation apart, as in
// gae.ts: a terminated step is worth its reward, a truncated one (and the last row) bootstraps from V(next_t).
//
// TD(lambda), the lambda-return:
//   G_t = r_t + discount (1 - terminated_t) [ (1 - lambda) V(next_t) + lambda G_{t+1} ],  V(next_t) alone where
// truncated. Discounted returns are lambda = 1. n-step returns: n rewards (fewer where the episode or the batch ends),
// then V(next). Order: blend = (1 - lambda) * V + lambda * G; G = r + discount * blend. The same in every column.

/** TD(lambda) targets; `lambda` 1 gives discounted returns. */
export function td_lambda_backward(
  rewards: usize, nextValues: usize, terminated: usize, truncated: usize, targets: usize,
  steps: i32, columns: i32, discount: f32, lambda: f32,
): void {
  const rest: f32 = 1 - lambda;
  for (let t = steps - 1; t >= 0; t--) {
    for (let column = 0; column < columns; column++) {
      const element = <usize>(t * columns + column);
      const at = element << 2;
      let target = load<f32>(rewards + at);
      if (load<u8>(terminated + element) == 0) {
        let ahead = load<f32>(nextValues + at);
        if (t + 1 < steps && load<u8>(truncated + element) == 0) {
          const later = load<f32>(targets + at + (<usize>columns << 2));
          ahead = lambda == 1 ? later : rest * ahead + lambda * later;
        }
        target += discount * ahead;
      }
      store<f32>(targets + at, target);
    }
  }
}

/**
 * n-step returns: sum over k < n of discount^k r_{t+k}, then discount^n V. Folded from the far end: G = r + discount *
 * G.
 */
export function n_step_backward(
  rewards: usize, nextValues: usize, terminated: usize, truncated: usize, targets: usize,
  steps: i32, columns: i32, discount: f32, n: i32,
): void {
  for (let t = 0; t < steps; t++) {
    for (let column = 0; column < columns; column++) {
      const farthest = min(t + n, steps) - 1;
      let last = t;
      while (last < farthest && !ends(terminated, truncated, last * columns + column)) last++;
      const element = <usize>(last * columns + column);
      let target = load<f32>(rewards + (element << 2));
      if (load<u8>(terminated + element) == 0) target += discount * load<f32>(nextValues + (element << 2));
      for (let back = last - 1; back >= t; back--) {
        target = load<f32>(rewards + (<usize>(back * columns + column) << 2)) + discount * target;
      }
      store<f32>(targets + (<usize>(t * columns + column) << 2), target);
    }
  }
}

// @ts-ignore: decorator
@inline
function ends(terminated: usize, truncated: usize, element: i32): bool {
  return (load<u8>(terminated + <usize>element) | load<u8>(truncated + <usize>element)) != 0;
}
