import { BregmanError } from "../error.ts";
import { boxSize, describe, flatSize, parts, type Space } from "../envs/spaces.ts";

/**
 * Checks a raw observation and writes it as the numbers that a network sees, from `out[at]` on. Allocates nothing.
 * Throws `invalid-observation` for a value of another shape and for numbers that are not finite or no choice.
 */
export type ObservationWriter = (value: unknown, out: Float32Array, at: number) => void;

/**
 * The writer of a space: box as it is, one-hot for each choice of discrete and multi-discrete, 0 or 1 for multi-binary,
 * dict and tuple part by part in order. Bounds of a box are no law of nature: values outside are taken.
 */
export function observationWriter(space: Space, path = "observation"): ObservationWriter {
  switch (space.kind) {
    case "box": return boxWriter(boxSize(space), space.shape, path);
    case "discrete": {
      const { n, start = 0 } = space;
      return (value, out, at) => {
        if (!isChoice(value, start, n)) refuse(path, `an integer from ${start} to ${start + n - 1}`, value);
        out.fill(0, at, at + n);
        out[at + value - start] = 1;
      };
    }
    case "multi-discrete": {
      const { nvec } = space;
      return (value, out, at) => {
        if (!isList(value, nvec.length)) refuse(path, `${nvec.length} integers`, value);
        out.fill(0, at, at + flatSize(space));
        for (let i = 0; i < nvec.length; i++) {
          const each = value[i];
          if (!isChoice(each, 0, nvec[i]!)) refuse(`${path}[${i}]`, `an integer from 0 to ${nvec[i]! - 1}`, each);
          out[at + each] = 1;
          at += nvec[i]!;
        }
      };
    }
    case "multi-binary": {
      const { n } = space;
      return (value, out, at) => {
        if (!isList(value, n)) refuse(path, `${n} integers`, value);
        for (let i = 0; i < n; i++) {
          const each = value[i];
          if (!isChoice(each, 0, 2)) refuse(`${path}[${i}]`, "0 or 1", each);
          out[at + i] = each;
        }
      };
    }
    default: {
      const isTuple = space.kind === "tuple";
      const named = parts(space).map(([key, part]) =>
        ({ key, size: flatSize(part), write: observationWriter(part, `${path}.${key}`) }));
      return (value, out, at) => {
        const fits = typeof value === "object" && value !== null && !ArrayBuffer.isView(value) &&
          Array.isArray(value) === isTuple;
        if (!fits) {
          refuse(path, isTuple ? `an array of ${named.length}` : `{${named.map(({ key }) => key).join(", ")}}`, value);
        }
        for (let i = 0; i < named.length; i++) {
          const { key, size, write } = named[i]!;
          write((value as Record<string, unknown>)[key], out, at);
          at += size;
        }
      };
    }
  }
}

function boxWriter(size: number, shape: readonly number[], path: string): ObservationWriter {
  return (value, out, at) => {
    if (!isList(value, size)) refuse(path, `${size} numbers (shape [${shape.join(", ")}])`, value);
    for (let i = 0; i < size; i++) {
      const number = value[i] as number;
      out[at + i] = number;
      // Also what float32 cannot hold is not finite.
      if (typeof number !== "number" || !(out[at + i]! - out[at + i]! === 0)) {
        refuse(`${path}[${i}]`, "a finite number", number);
      }
    }
  };
}

function isList(value: unknown, length: number): value is ArrayLike<unknown> {
  return (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) &&
    (value as ArrayLike<unknown>).length === length;
}

function isChoice(value: unknown, start: number, n: number): value is number {
  return Number.isInteger(value) && (value as number) >= start && (value as number) < start + n;
}

function refuse(path: string, expected: string, value: unknown): never {
  throw new BregmanError("invalid-observation", `act: ${path}: expected ${expected}, got ${describe(value)}`);
}
