// Input values for tests: the same for the same seed, everywhere, and exact in float32.

export interface InputSpec {
  readonly shape: readonly number[];
  /** Values lie in from <= value < to; -2 and 2 by default. */
  readonly from?: number;
  readonly to?: number;
  /** i32 inputs are indices; no gradient is taken. */
  readonly dtype?: "f32" | "i32";
}

export type InputSpecs = Readonly<Record<string, InputSpec>>;

/** Uniform numbers in [0, 1) (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function valuesFor(specs: InputSpecs, seed: number): Record<string, Float64Array<ArrayBuffer>> {
  const next = numbers(seed);
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, valuesOf(spec, next)]));
}

/** A shuffled, jittered grid: no two values of one input lie close together. */
function valuesOf(spec: InputSpec, next: () => number): Float64Array<ArrayBuffer> {
  const { shape, from = -2, to = 2, dtype = "f32" } = spec;
  const size = shape.reduce((product, length) => product * length, 1);
  if (dtype === "i32") return Float64Array.from({ length: size }, () => from + Math.floor(next() * (to - from)));
  const grid = Array.from({ length: size }, (_, i) => from + ((to - from) * (i + 0.2 + 0.6 * next())) / size);
  for (let i = size - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [grid[i], grid[j]] = [grid[j]!, grid[i]!];
  }
  return Float64Array.from(grid, Math.fround);
}
