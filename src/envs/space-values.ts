import type { RandomSource } from "../random/streams.ts";
import type { BoxSpace, Space, SpaceValue } from "./spaces.ts";
import { boxSize, choices, describe, flatSize, highAt, lowAt, parts, plainParts } from "./spaces.ts";

/** Whether `value` belongs to `space`; bounds are compared as float32, so that rounding never puts a value outside. */
export function contains(space: Space, value: unknown): boolean {
  return whyOutside(space, value) === undefined;
}

/** Why `value` does not belong to `space`, in words that fit behind "observation: "; undefined where it does. */
export function whyOutside(space: Space, value: unknown): string | undefined {
  return misfit(space, value)?.why;
}

/** A value that does not belong: it has another form (length, keys, kind of value), or lies out of range. */
export interface Misfit {
  readonly what: "form" | "range";
  readonly why: string;
}

export function misfit(space: Space, value: unknown): Misfit | undefined {
  switch (space.kind) {
    case "box": return misfitOfBox(space, value);
    case "discrete": {
      const start = space.start ?? 0;
      const inside = Number.isInteger(value) && (value as number) >= start && (value as number) < start + space.n;
      return inside ? undefined : {
        what: typeof value === "number" ? "range" : "form",
        why: `expected an integer from ${start} to ${start + space.n - 1}, got ${describe(value)}`,
      };
    }
    case "multi-discrete": return misfitOfIntegers(space.nvec, value);
    case "multi-binary": return misfitOfIntegers(new Array<number>(space.n).fill(2), value);
    case "dict":
    case "tuple": return misfitOfParts(parts(space), value, space.kind);
  }
}

function misfitOfBox(space: BoxSpace, value: unknown): Misfit | undefined {
  const size = boxSize(space);
  if (!isNumbers(value) || value.length !== size) {
    return {
      what: "form", why: `expected ${size} numbers (shape [${space.shape.join(", ")}]), got ${describe(value)}`,
    };
  }
  for (let i = 0; i < size; i++) {
    const element = Math.fround(value[i]!);
    const inside = element >= Math.fround(lowAt(space, i)) && element <= Math.fround(highAt(space, i));
    if (typeof value[i] !== "number" || !inside) {
      const range = `from ${lowAt(space, i)} to ${highAt(space, i)}`;
      return { what: "range", why: `element ${i}: expected a number ${range}, got ${describe(value[i])}` };
    }
  }
  return undefined;
}

function misfitOfIntegers(nvec: readonly number[], value: unknown): Misfit | undefined {
  if (!isNumbers(value) || value.length !== nvec.length) {
    return { what: "form", why: `expected ${nvec.length} integers, got ${describe(value)}` };
  }
  for (let i = 0; i < nvec.length; i++) {
    if (!Number.isInteger(value[i]) || value[i]! < 0 || value[i]! >= nvec[i]!) {
      const why = `element ${i}: expected an integer from 0 to ${nvec[i]! - 1}, got ${describe(value[i])}`;
      return { what: "range", why };
    }
  }
  return undefined;
}

function misfitOfParts(named: [string, Space][], value: unknown, kind: "dict" | "tuple"): Misfit | undefined {
  const isPlain = typeof value === "object" && value !== null && !ArrayBuffer.isView(value);
  const fits = isPlain && Array.isArray(value) === (kind === "tuple");
  if (!fits || Object.keys(value).length !== named.length) {
    const expected = kind === "tuple" ? `an array of ${named.length}` : `{${named.map(([key]) => key).join(", ")}}`;
    return { what: "form", why: `expected ${expected}, got ${describe(value)}` };
  }
  for (const [key, part] of named) {
    const inner = misfit(part, (value as Record<string, unknown>)[key]);
    if (inner) return { ...inner, why: `${key}: ${inner.why}` };
  }
  return undefined;
}

function isNumbers(value: unknown): value is ArrayLike<number> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/**
 * Writes a value as the numbers a network sees, from `out[offset]` on, and returns the offset behind it: box as it is,
 * discrete one-hot, multi-discrete one one-hot per choice, multi-binary 0 or 1, dict and tuple part by part in order.
 */
export function flatten(space: Space, value: SpaceValue, out: Float32Array, offset = 0): number {
  const size = flatSize(space);
  switch (space.kind) {
    case "box":
    case "multi-binary":
      out.set(value as ArrayLike<number>, offset);
      break;
    case "discrete":
      out.fill(0, offset, offset + size);
      out[offset + (value as number) - (space.start ?? 0)] = 1;
      break;
    case "multi-discrete": {
      out.fill(0, offset, offset + size);
      let head = offset;
      space.nvec.forEach((n, i) => {
        out[head + (value as ArrayLike<number>)[i]!] = 1;
        head += n;
      });
      break;
    }
    default: {
      let at = offset;
      for (const [key, part] of parts(space)) at = flatten(part, (value as Record<string, SpaceValue>)[key]!, out, at);
    }
  }
  return offset + size;
}

/**
 * A random value, or one that an action mask allows (an entry an option of each choice, in order). Bounded elements are
 * uniform; an unbounded side is sampled within one unit (two-sided: [-1, 1]) of what bound there is.
 */
export function sample(space: Space, random: RandomSource, mask?: ArrayLike<number>): SpaceValue {
  let at = 0;
  const pick = (n: number): number => {
    const from = at;
    at += n;
    if (!mask) return random.integer(n);
    const allowed = Array.from({ length: n }, (_, i) => i).filter((i) => mask[from + i]);
    return allowed[random.integer(allowed.length)]!;
  };
  const sampleOf = (part: Space): SpaceValue => {
    switch (part.kind) {
      case "box": return sampleBox(part, random);
      case "discrete": return (part.start ?? 0) + pick(part.n);
      case "dict": return Object.fromEntries(parts(part).map(([key, each]) => [key, sampleOf(each)]));
      case "tuple": return part.spaces.map(sampleOf);
      default: return Int32Array.from(choices(part)!, pick);
    }
  };
  return sampleOf(space);
}

function sampleBox(space: BoxSpace, random: RandomSource): Float32Array {
  return Float32Array.from({ length: boxSize(space) }, (_, i) => {
    const [low, high] = finiteRange(lowAt(space, i), highAt(space, i));
    return Math.min(Math.max(Math.fround(low + (high - low) * random.uniform()), low), high);
  });
}

function finiteRange(low: number, high: number): [number, number] {
  if (low === -Infinity && high === Infinity) return [-1, 1];
  if (low === -Infinity) return [high - 1, high];
  if (high === Infinity) return [low, low + 1];
  return [low, high];
}

/** The bounds of the numbers that `flatten` writes: those of boxes, else 0 and 1. */
export function flatBounds(space: Space): { low: number[]; high: number[] } {
  const [low, high]: [number[], number[]] = [[], []];
  for (const [, part] of plainParts(space)) {
    for (let i = 0; i < flatSize(part); i++) {
      low.push(part.kind === "box" ? lowAt(part, i) : 0);
      high.push(part.kind === "box" ? highAt(part, i) : 1);
    }
  }
  return { low, high };
}

/** Whether two values of one space are the same, element for element. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length
    && keys.every((key) => sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}
