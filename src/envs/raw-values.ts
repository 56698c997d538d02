import { choices, type Space } from "./spaces.ts";

// Between the arrays of a vector environment and what networks see.

/** First value of a discrete space; 0 elsewhere. */
export function startOf(space: Space): number {
  return space.kind === "discrete" ? space.start ?? 0 : 0;
}

/**
 * Flattens `count` raw values as vector environments hold them (see `rawLayout`) into rows of `flatSize(space)` floats:
 * one-hot for discrete and multi-discrete, 0 and 1 for multi-binary, unchanged where the raw values are floats already.
 */
export function flattenRaw(space: Space, raw: Float32Array | Int32Array, count: number, out: Float32Array): void {
  if (space.kind !== "discrete" && space.kind !== "multi-discrete") {
    out.set(raw);
    return;
  }
  const sizes = choices(space)!;
  const start = startOf(space);
  out.fill(0);
  let row = 0;
  for (let i = 0; i < count; i++) {
    sizes.forEach((size, part) => {
      out[row + raw[i * sizes.length + part]! - start] = 1;
      row += size;
    });
  }
}
