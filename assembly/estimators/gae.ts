// Generalized advantage estimation (Schulman et al. 2016), with termination and truncation apart:
//
//   delta_t     = r_t + discount (1 - terminated_t) V(next_t) - V(s_t)
//   A_t         = delta_t + discount lambda (1 - terminated_t) (1 - truncated_t) A_{t+1}
//   return_t    = A_t + V(s_t)
//
// V(next_t) is the value of the observation that step t led to: of the FINAL observation where the episode ended there,
// so that a truncated step still bootstraps and a terminated one does not. All arrays are time-major [T, N], float32 or
// u8, and belong to the caller. Columns are independent; lanes and the scalar tail do the same operations in the same
// order: delta = (r + (discount * V(next)) or 0) - V; A = delta + ((discount * lambda) * A_{t+1}) or 0.

/** Four flags at `address` as lane masks that are ones where the flag is zero. */
// @ts-ignore: decorator
@inline
function unset(address: usize): v128 {
  const bytes = v128.load32_zero(address);
  return i32x4.eq(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)), i32x4.splat(0));
}

/** One step back in time for four columns, from `element` on; returns their advantages. */
// @ts-ignore: decorator
@inline
function fourBack(
  rewards: usize, values: usize, nextValues: usize, terminated: usize, truncated: usize,
  advantages: usize, returns: usize, element: usize, later: v128, discount: v128, decay: v128,
): v128 {
  const at = element << 2;
  const running = unset(terminated + element);
  const value = v128.load(values + at);
  const bootstrap = v128.and(f32x4.mul(discount, v128.load(nextValues + at)), running);
  const delta = f32x4.sub(f32x4.add(v128.load(rewards + at), bootstrap), value);
  const carried = v128.and(f32x4.mul(decay, later), v128.and(running, unset(truncated + element)));
  const advantage = f32x4.add(delta, carried);
  v128.store(advantages + at, advantage);
  v128.store(returns + at, f32x4.add(advantage, value));
  return advantage;
}

/** Sixteen columns at once: four independent chains hide the latency of one. */
function sixteenColumns(
  rewards: usize, values: usize, nextValues: usize, terminated: usize, truncated: usize,
  advantages: usize, returns: usize, steps: i32, columns: i32, column: i32, discount: v128, decay: v128,
): void {
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  let c = f32x4.splat(0);
  let d = f32x4.splat(0);
  for (let t = steps - 1; t >= 0; t--) {
    const first = <usize>(t * columns + column);
    a = fourBack(
      rewards, values, nextValues, terminated, truncated, advantages, returns, first, a, discount, decay);
    b = fourBack(
      rewards, values, nextValues, terminated, truncated, advantages, returns, first + 4, b, discount, decay);
    c = fourBack(
      rewards, values, nextValues, terminated, truncated, advantages, returns, first + 8, c, discount, decay);
    d = fourBack(
      rewards, values, nextValues, terminated, truncated, advantages, returns, first + 12, d, discount, decay);
  }
}

function fourColumns(
  rewards: usize, values: usize, nextValues: usize, terminated: usize, truncated: usize,
  advantages: usize, returns: usize, steps: i32, columns: i32, column: i32, discount: v128, decay: v128,
): void {
  let later = f32x4.splat(0);
  for (let t = steps - 1; t >= 0; t--) {
    const element = <usize>(t * columns + column);
    later = fourBack(
      rewards, values, nextValues, terminated, truncated, advantages, returns, element, later, discount, decay);
  }
}

function oneColumn(
  rewards: usize, values: usize, nextValues: usize, terminated: usize, truncated: usize,
  advantages: usize, returns: usize, steps: i32, columns: i32, column: i32, discount: f32, decay: f32,
): void {
  let advantage: f32 = 0;
  for (let t = steps - 1; t >= 0; t--) {
    const element = <usize>(t * columns + column);
    const at = element << 2;
    const ended = load<u8>(terminated + element) != 0;
    const value = load<f32>(values + at);
    const bootstrap: f32 = ended ? 0 : discount * load<f32>(nextValues + at);
    const delta: f32 = (load<f32>(rewards + at) + bootstrap) - value;
    const carried: f32 = ended || load<u8>(truncated + element) != 0 ? 0 : decay * advantage;
    advantage = delta + carried;
    store<f32>(advantages + at, advantage);
    store<f32>(returns + at, advantage + value);
  }
}

/** Advantages and returns of `steps` x `columns`; see the head of this file. */
export function gae_backward(
  rewards: usize, values: usize, nextValues: usize, terminated: usize, truncated: usize,
  advantages: usize, returns: usize, steps: i32, columns: i32, discount: f32, lambda: f32,
): void {
  const decay: f32 = discount * lambda;
  let column = 0;
  for (; column + 16 <= columns; column += 16) {
    sixteenColumns(rewards, values, nextValues, terminated, truncated, advantages, returns,
      steps, columns, column, f32x4.splat(discount), f32x4.splat(decay));
  }
  for (; column + 4 <= columns; column += 4) {
    fourColumns(rewards, values, nextValues, terminated, truncated, advantages, returns,
      steps, columns, column, f32x4.splat(discount), f32x4.splat(decay));
  }
  for (; column < columns; column++) {
    oneColumn(rewards, values, nextValues, terminated, truncated, advantages, returns,
      steps, columns, column, discount, decay);
  }
}
