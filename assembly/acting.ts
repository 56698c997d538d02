// A small module for whoever only runs a trained policy, one row at a time: dense layers, what is applied to each
// element, and random words. src/policy/direct/ calls it. Every function gives the bits of the programs that the main
// module runs.
import { cos4, exp4, larger, log4, smaller, tanh4, uniform4 } from "./math/elementary";
import { philox } from "./random/philox";

export { __heap_base };

const VECTOR: usize = 16;

// @ts-ignore: decorator
@inline
function float(value: f32): v128 {
  return f32x4.splat(value);
}

/**
 * y[outputs] = bias + x[inputs] weight[inputs, outputs], in whole vectors: up to 12 bytes past the end of y are written
 * and of weight are read. Each element is one accumulator that begins with the bias (0 where its address is 0) and
 * takes multiply, then add, over the inputs ascending.
 */
export function dense(inputs: i32, outputs: i32, x: usize, weight: usize, bias: usize, y: usize): void {
  const row: usize = 4 * <usize>outputs;
  const end = y + row;
  for (let at = y; at < end; at += VECTOR) v128.store(at, bias ? v128.load(bias + at - y) : float(0));
  for (let k = 0; k < inputs; k++) {
    const left = v128.load_splat<f32>(x);
    for (let at = y; at < end; at += VECTOR) {
      v128.store(at, f32x4.add(v128.load(at), f32x4.mul(left, v128.load(weight + at - y))));
    }
    x += 4;
    weight += row;
  }
}

/** Replaces `count` elements from `x` on, in whole vectors. src/policy/direct/elementwise.ts names the kinds. */
export function apply(kind: i32, count: i32, x: usize): void {
  for (const end = x + 4 * <usize>count; x < end; x += VECTOR) v128.store(x, elementwise(kind, v128.load(x)));
}

function elementwise(kind: i32, x: v128): v128 {
  switch (kind) {
    case 1: return tanh4(x);
    case 2: return larger(x, float(0));
    case 3: return gelu(x);
    case 4: return sigmoid(x);
    case 5: return softplus(x);
    case 6: return f32x4.mul(x, sigmoid(x));
    case 7: return elu(x);
    case 8: return exp4(x);
    case 9: return log4(x);
    case 10: return f32x4.neg(log4(f32x4.neg(log4(uniform4(x)))));   // random words to Gumbel noise
    default: return x;
  }
}

function sigmoid(x: v128): v128 {
  return f32x4.div(float(1), f32x4.add(exp4(smaller(f32x4.neg(x), float(88))), float(1)));
}

function softplus(x: v128): v128 {
  const tail = log4(f32x4.add(exp4(f32x4.neg(f32x4.abs(x))), float(1)));
  return f32x4.sub(tail, smaller(f32x4.neg(x), float(0)));
}

function elu(x: v128): v128 {
  const below = f32x4.sub(exp4(smaller(x, float(0))), float(1));
  return v128.bitselect(below, x, f32x4.lt(x, float(0)));
}

function gelu(x: v128): v128 {
  const cube = f32x4.mul(x, f32x4.mul(x, x));
  const inner = f32x4.mul(float(0.7978845608028654), f32x4.add(x, f32x4.mul(float(0.044715), cube)));
  return f32x4.mul(f32x4.mul(float(0.5), x), f32x4.add(tanh4(inner), float(1)));
}

/** y[count] = standard normals from two random words each (Box and Muller), in whole vectors. */
export function normal(count: i32, first: usize, second: usize, y: usize): void {
  for (const end = y + 4 * <usize>count; y < end; y += VECTOR) {
    const radius = f32x4.sqrt(f32x4.mul(float(-2), log4(uniform4(v128.load(first)))));
    const angle = f32x4.mul(float(6.283185307179586), uniform4(v128.load(second)));
    v128.store(y, f32x4.mul(radius, cos4(angle)));
    first += VECTOR;
    second += VECTOR;
  }
}

/**
 * Elements `first` to `first + count` of a draw (see random/philox.ts), in whole blocks: element `first` is stored at
 * word first % 4 of `out`, and up to 6 words more than `count` are written.
 */
export function random_words(
  key0: u32, key1: u32, draw: u32, stream: u32, salt: u32, first: i32, count: i32, out: usize,
): void {
  for (let block = first >> 2; block << 2 < first + count; block++) {
    v128.store(out, philox(block, salt, draw, stream, key0, key1));
    out += VECTOR;
  }
}
