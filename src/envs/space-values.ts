import type { RandomSource } from "../random/streams.ts";
import type { BoxSpace, Space, SpaceValue } from "./spaces.ts";
import { boxSize, describe, flatSize, highAt, lowAt, parts } from "./spaces.ts";

/** Whether `value` belongs to `space`; bounds are compared as float32, so that rounding never puts a value outside. */
export function contains(space: Space, value: unknown): boolean {
  return whyOutside(space, value) === undefined;
}

/** Why `value` does not belong to `space`, in words that fit behind "observation: "; undefined where it does. */
export function whyOutside(space: Space, value: unknown): string | undefined {
  switch (space.kind) {
    case "box": return whyOutsideBox(space, value);
    case "discrete": {
      const start = space.start ?? 0;
      return Number.isInteger(value) && (value as number) >= start && (value as number) < start + space.n
        ? undefined
        : `expected an integer from ${start} to ${start + space.n - 1}, got ${describe(value)}`;
    }
    case "multi-discrete": return whyOutsideIntegers(space.nvec, value);
    case "multi-binary": return whyOutsideIntegers(new Array<number>(space.n).fill(2), value);
    case "dict":
    case "tuple": return whyOutsideParts(parts(space), value, space.kind);
  }
}

function whyOutsideBox(space: BoxSpace, value: unknown): string | undefined {
  const size = boxSize(space);
  if (!isNumbers(value) || value.length !== size) {
    return `expected ${size} numbers (shape [${space.shape.join(", ")}]), got ${describe(value)}`;
  }
  for (let i = 0; i < size; i++) {
    const element = Math.fround(value[i]!);
    const inside = element >= Math.fround(lowAt(space, i)) && element <= Math.fround(highAt(space, i));
    if (typeof value[i] !== "number" || !inside) {
      const range = `from ${lowAt(space, i)} to ${highAt(space, i)}`;
      return `element ${i}: expected a number ${range}, got ${describe(value[i])}`;
    }
  }
  return undefined;
}

function whyOutsideIntegers(nvec: readonly number[], value: unknown): string | undefined {
  if (!isNumbers(value) || value.length !== nvec.length) {
    return `expected ${nvec.length} integers, got ${describe(value)}`;
  }
  for (let i = 0; i < nvec.length; i++) {
    if (!Number.isInteger(value[i]) || value[i]! < 0 || value[i]! >= nvec[i]!) {
      return `element ${i}: expected an integer from 0 to ${nvec[i]! - 1}, got ${describe(value[i])}`;
    }
  }
  return undefined;
}

function whyOutsideParts(named: [string, Space][], value: unknown, kind: "dict" | "tuple"): string | undefined {
  const isPlain = typeof value === "object" && value !== null && !ArrayBuffer.isView(value);
  const fits = isPlain && Array.isArray(value) === (kind === "tuple");
  if (!fits || Object.keys(value).length !== named.length) {
    const expected = kind === "tuple" ? `an array of ${named.length}` : `{${named.map(([key]) => key).join(", ")}}`;
    return `expected ${expected}, got ${describe(value)}`;
  }
  for (const [key, part] of named) {
    const why = whyOutside(part, (value as Record<string, unknown>)[key]);
    if (why !== undefined) return `${key}: ${why}`;
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
 * A random value. Bounded elements are uniform; an unbounded side is sampled within one unit (two-sided: [-1, 1]) of
 * what bound there is.
 */
export function sample(space: Space, random: RandomSource): SpaceValue {
  switch (space.kind) {
    case "box":
      return Float32Array.from({ length: boxSize(space) }, (_, i) => {
        const [low, high] = finiteRange(lowAt(space, i), highAt(space, i));
        return Math.min(Math.max(Math.fround(low + (high - low) * random.uniform()), low), high);
      });
    case "discrete": return (space.start ?? 0) + random.integer(space.n);
    case "multi-discrete": return Int32Array.from(space.nvec, (n) => random.integer(n));
    case "multi-binary": return Int32Array.from({ length: space.n }, () => random.integer(2));
    case "dict": return Object.fromEntries(parts(space).map(([key, part]) => [key, sample(part, random)]));
    case "tuple": return space.spaces.map((part) => sample(part, random));
  }
}

function finiteRange(low: number, high: number): [number, number] {
  if (low === -Infinity && high === Infinity) return [-1, 1];
  if (low === -Infinity) return [high - 1, high];
  if (high === Infinity) return [low, low + 1];
  return [low, high];
}

/** Whether two values of one space are the same, element for element. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length
    && keys.every((key) => sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}
