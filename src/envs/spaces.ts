import { BregmanError, nearest } from "../error.ts";

/** Real vectors: row-major, one bound for all or one per element; Infinity is allowed. Values are Float32Array. */
export interface BoxSpace {
  readonly kind: "box";
  readonly shape: readonly number[];
  readonly low: number | ArrayLike<number>;
  readonly high: number | ArrayLike<number>;
}

/** One of n integers, from `start` (0) on. Values are numbers; networks see one-hot. */
export interface DiscreteSpace {
  readonly kind: "discrete";
  readonly n: number;
  readonly start?: number;
}

/** Several choices at once, the i-th from 0 to nvec[i] - 1. Values are Int32Array. */
export interface MultiDiscreteSpace {
  readonly kind: "multi-discrete";
  readonly nvec: readonly number[];
}

/** n switches. Values are Int32Array of 0 and 1. */
export interface MultiBinarySpace {
  readonly kind: "multi-binary";
  readonly n: number;
}

/** Named parts, in the order of the keys. */
export interface DictSpace {
  readonly kind: "dict";
  readonly spaces: { readonly [key: string]: Space };
}

/** Parts in a row. */
export interface TupleSpace {
  readonly kind: "tuple";
  readonly spaces: readonly Space[];
}

/** A space without parts. */
export type PlainSpace = BoxSpace | DiscreteSpace | MultiDiscreteSpace | MultiBinarySpace;

export type Space = PlainSpace | DictSpace | TupleSpace;

/** A value of a space. Arrays of numbers are accepted where typed arrays are returned. */
export type SpaceValue =
  | number
  | Float32Array
  | Int32Array
  | ArrayLike<number>
  | { readonly [key: string]: SpaceValue }
  | readonly SpaceValue[];

const kinds = ["box", "discrete", "multi-discrete", "multi-binary", "dict", "tuple"];

/** Throws `invalid-space` when `space` is not a well-formed space; `field` names it in the message. */
export function validateSpace(space: unknown, field = "space"): asserts space is Space {
  const fail = (message: string): never => {
    throw new BregmanError("invalid-space", `${field}: ${message}`);
  };
  if (typeof space !== "object" || space === null || !("kind" in space)) {
    fail(`expected { kind: ... }, got ${describe(space)}`);
  }
  const given = space as Space;
  switch (given.kind) {
    case "box": return validateBox(given, fail);
    case "discrete":
      if (!isCount(given.n)) fail(`n: expected a positive integer, got ${describe(given.n)}`);
      if (given.start !== undefined && !Number.isSafeInteger(given.start)) {
        fail(`start: expected an integer, got ${describe(given.start)}`);
      }
      return;
    case "multi-discrete":
      if (!Array.isArray(given.nvec) || given.nvec.length === 0 || !given.nvec.every(isCount)) {
        fail(`nvec: expected a non-empty array of positive integers, got ${describe(given.nvec)}`);
      }
      return;
    case "multi-binary":
      if (!isCount(given.n)) fail(`n: expected a positive integer, got ${describe(given.n)}`);
      return;
    case "dict":
    case "tuple": {
      if (typeof given.spaces !== "object" || given.spaces === null) {
        fail(`spaces: expected the parts, got ${describe(given.spaces)}`);
      }
      const parts = Object.entries(given.spaces);
      if (parts.length === 0) fail("spaces: expected at least one part");
      for (const [key, part] of parts) validateSpace(part, `${field}.${key}`);
      return;
    }
    default: {
      const { kind } = given as { kind: unknown };
      const meant = typeof kind === "string" ? `; did you mean "${nearest(kind, kinds, 1)[0]}"?` : "";
      fail(`kind: expected one of ${kinds.join(", ")}, got ${describe(kind)}${meant}`);
    }
  }
}

function validateBox(space: BoxSpace, fail: (message: string) => never): void {
  if (!Array.isArray(space.shape) || !space.shape.every(isCount)) {
    fail(`shape: expected an array of positive integers, got ${describe(space.shape)}`);
  }
  const size = boxSize(space);
  for (const name of ["low", "high"] as const) {
    const bound = space[name];
    if (typeof bound === "number" ? Number.isNaN(bound) : bound?.length !== size) {
      fail(`${name}: expected a number or ${size} numbers, got ${describe(bound)}`);
    }
  }
  const different = typeof space.low === "number" && typeof space.high === "number" ? 1 : size;
  for (let i = 0; i < different; i++) {
    if (!(lowAt(space, i) <= highAt(space, i))) {
      fail(`low must not exceed high; element ${i} has ${lowAt(space, i)} and ${highAt(space, i)}`);
    }
  }
}

/** Elements of a box. */
export function boxSize(space: BoxSpace): number {
  return space.shape.reduce((product, length) => product * length, 1);
}

/** The lower bound of element i. */
export function lowAt(space: BoxSpace, i: number): number {
  return typeof space.low === "number" ? space.low : space.low[i]!;
}

/** The upper bound of element i. */
export function highAt(space: BoxSpace, i: number): number {
  return typeof space.high === "number" ? space.high : space.high[i]!;
}

/** Whether a space is made of others. */
export function hasParts(space: Space): space is DictSpace | TupleSpace {
  return space.kind === "dict" || space.kind === "tuple";
}

/** The parts of a dict or tuple, in order. */
export function parts(space: DictSpace | TupleSpace): [string, Space][] {
  return Object.entries(space.spaces);
}

/**
 * The spaces without parts that a space is made of, in order, each with its path, say ["inventory", "sword"].
 */
export function plainParts(space: Space, path: readonly string[] = []): [readonly string[], PlainSpace][] {
  if (!hasParts(space)) return [[path, space]];
  return parts(space).flatMap(([key, part]) => plainParts(part, [...path, key]));
}

/**
 * How an observation lies in a vector environment's arrays: its elements, and whether they are integers. Box: its
 * elements, float32; discrete: 1; multi-discrete and multi-binary: one per choice; dict and tuple: flattened, float32.
 */
export function rawLayout(space: Space): { size: number; integer: boolean } {
  switch (space.kind) {
    case "box": return { size: boxSize(space), integer: false };
    case "discrete": return { size: 1, integer: true };
    case "multi-discrete": return { size: space.nvec.length, integer: true };
    case "multi-binary": return { size: space.n, integer: true };
    default: return { size: flatSize(space), integer: false };
  }
}

/** Elements of a flattened value: what a network sees. */
export function flatSize(space: Space): number {
  switch (space.kind) {
    case "box": return boxSize(space);
    case "discrete": return space.n;
    case "multi-discrete": return space.nvec.reduce((sum, n) => sum + n, 0);
    case "multi-binary": return space.n;
    default: return parts(space).reduce((sum, [, part]) => sum + flatSize(part), 0);
  }
}

/**
 * The choices of an action space, one head after the other (a switch has two), those of its parts in order; undefined
 * where there are none.
 */
export function choices(space: Space): number[] | undefined {
  switch (space.kind) {
    case "box": return undefined;
    case "discrete": return [space.n];
    case "multi-discrete": return [...space.nvec];
    case "multi-binary": return new Array<number>(space.n).fill(2);
    default: {
      const all = parts(space).flatMap(([, part]) => choices(part) ?? []);
      return all.length > 0 ? all : undefined;
    }
  }
}

/** Entries of an action mask: one a choice's option; 0 where there are no choices. */
export function maskLength(space: Space): number {
  return choices(space)?.reduce((sum, n) => sum + n, 0) ?? 0;
}

/** A value or its type, short, for messages. */
export function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (ArrayBuffer.isView(value)) return `${value.constructor.name}(${(value as Float32Array).length})`;
  if (Array.isArray(value)) {
    return value.length > 8 ? `an array of ${value.length}` : `[${value.map(describe).join(", ")}]`;
  }
  if (typeof value === "object" && value !== null) {
    return value instanceof Promise ? "a promise" : `{${Object.keys(value).join(", ")}}`;
  }
  return String(value);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
