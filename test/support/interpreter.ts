// A float64 interpreter of the tensor graph, for tests: it evaluates every primitive element by element and knows
// neither gradients nor the compiler. i32 is whole numbers that wrap, bool is 0 and 1.
import { philox } from "./philox.ts";
import { contiguousStrides, sizeOf, type Shape } from "../../src/tensor/shape.ts";
import type { BinaryOp, Operation, Tensor, UnaryOp } from "../../src/tensor/tensor.ts";

export type Values = Float64Array<ArrayBuffer>;
export type InputValues = Readonly<Record<string, ArrayLike<number>>>;

export interface EvaluateOptions {
  /** Values that take the place of these tensors' own. */
  readonly fixed?: ReadonlyMap<Tensor, Values>;
  /** Called with every tensor that was evaluated, inputs first. */
  readonly observe?: (tensor: Tensor, value: Values) => void;
}

export function evaluate(outputs: readonly Tensor[], inputs: InputValues, options: EvaluateOptions = {}): Values[] {
  const values = new Map<Tensor, Values>(options.fixed ?? []);
  for (const tensor of evaluationOrder(outputs, options.fixed)) {
    const value = compute(tensor, tensor.inputs.map((each) => values.get(each)!), inputs);
    if (value.length !== tensor.size) {
      throw new Error(`interpreter: ${tensor.operation.op} gave ${value.length} elements for [${tensor.shape}]`);
    }
    values.set(tensor, value);
    options.observe?.(tensor, value);
  }
  return outputs.map((tensor) => values.get(tensor)!);
}

/** Everything that the outputs need, inputs first; what is fixed needs nothing. */
function evaluationOrder(outputs: readonly Tensor[], fixed?: ReadonlyMap<Tensor, Values>): Tensor[] {
  const reached = new Set<Tensor>();
  const stack = [...outputs];
  while (stack.length > 0) {
    const tensor = stack.pop()!;
    if (reached.has(tensor) || fixed?.has(tensor)) continue;
    reached.add(tensor);
    stack.push(...tensor.inputs);
  }
  return [...reached].sort((a, b) => a.id - b.id);
}

function compute(tensor: Tensor, operands: readonly Values[], inputs: InputValues): Values {
  const { operation, shape } = tensor;
  const [x, y, z] = operands as [Values, Values, Values];
  const source = tensor.inputs[0]!;
  switch (operation.op) {
    case "input":
      return inputValues(operation.name, tensor, inputs);
    case "constant":
      return Float64Array.of(operation.value);
    case "iota":
      return count(shape, operation.axis);
    case "where":
      return x.map((condition, i) => (condition ? y[i]! : z[i]!));
    case "cast":
      return tensor.dtype === "i32" && source.dtype === "f32" ? x.map(truncate) : x;
    case "reshape": case "stop-gradient":
      return x;
    case "expand":
      return walk(x, shape, expandedStrides(source.shape, shape));
    case "permute": {
      const strides = contiguousStrides(source.shape);
      return walk(x, shape, operation.axes.map((axis) => strides[axis]!));
    }
    case "slice": {
      const strides = contiguousStrides(source.shape);
      const offset = operation.starts.reduce((sum, start, axis) => sum + start * strides[axis]!, 0);
      return walk(x, shape, strides, offset);
    }
    case "concat":
      return join(tensor, operation.axis, operands);
    case "reduce":
      return reduce(source.shape, operation, x);
    case "matmul":
      return matmul(tensor, x, y, operands[2]);
    case "gather-rows": case "scatter-add-rows": case "take-along": case "scatter-add-along":
      return moveByIndex(tensor, operation.op, x, y);
    case "argmax":
      return argmax(source.shape, x);
    case "linear-scan":
      return linearScan(shape, operation.reverse, x, y);
    case "random-bits":
      return randomBits(shape, operation.salt, x);
    default:
      if (operands.length === 1) return unary(tensor, operation.op as UnaryOp, x);
      return binary(tensor, operation.op as BinaryOp, x, y);
  }
}

function inputValues(name: string, tensor: Tensor, inputs: InputValues): Values {
  const given = inputs[name];
  if (!given || given.length !== tensor.size) {
    const got = given?.length ?? "none";
    throw new Error(`interpreter: input "${name}" [${tensor.shape}] needs ${tensor.size} values, got ${got}`);
  }
  return Float64Array.from(given);
}

// ---- elementwise ---------------------------------------------------------------------------------------------------

/** f32 to i32: towards zero; beyond the range, to its end. */
function truncate(x: number): number {
  return Math.max(-2147483648, Math.min(2147483647, Math.trunc(x) || 0));
}

/** To the nearest whole number, ties to even. */
function roundToEven(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}

const unaries: Record<UnaryOp, (x: number) => number> = {
  neg: (x) => -x,
  abs: Math.abs,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  tanh: Math.tanh,
  sin: Math.sin,
  cos: Math.cos,
  floor: Math.floor,
  round: roundToEven,
  not: (x) => 1 - x,
  uniform: (bits) => ((bits >>> 9) + 0.5) / 8388608,
};

function unary(tensor: Tensor, op: UnaryOp, x: Values): Values {
  const wrap = tensor.dtype === "i32";
  return x.map((value) => (wrap ? unaries[op](value) | 0 : unaries[op](value)));
}

const binaries: Record<BinaryOp, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  min: (a, b) => (b < a ? b : a),
  max: (a, b) => (a < b ? b : a),
  lt: (a, b) => Number(a < b),
  le: (a, b) => Number(a <= b),
  eq: (a, b) => Number(a === b),
  and: (a, b) => a && b,
  or: (a, b) => a || b,
};

function binary(tensor: Tensor, op: BinaryOp, x: Values, y: Values): Values {
  if (tensor.dtype !== "i32") return x.map((value, i) => binaries[op](value, y[i]!));
  if (op === "mul") return x.map((value, i) => Math.imul(value, y[i]!));
  return x.map((value, i) => binaries[op](value, y[i]!) | 0);
}

// ---- views ---------------------------------------------------------------------------------------------------------

/** The index along one axis at every element. */
function count(shape: Shape, axis: number): Values {
  const along = Float64Array.from({ length: shape[axis]! }, (_, i) => i);
  return walk(along, shape, shape.map((_, i) => (i === axis ? 1 : 0)));
}

/** The elements that strides visit, in the row-major order of `shape`. */
function walk(x: Values, shape: Shape, strides: readonly number[], offset = 0): Values {
  const result = new Float64Array(sizeOf(shape));
  const place = new Array<number>(shape.length).fill(0);
  let at = offset;
  for (let i = 0; i < result.length; i++) {
    result[i] = x[at]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += strides[axis]!;
      if (++place[axis]! < shape[axis]!) break;
      at -= shape[axis]! * strides[axis]!;
      place[axis] = 0;
    }
  }
  return result;
}

function expandedStrides(from: Shape, to: Shape): number[] {
  const extra = to.length - from.length;
  const strides = contiguousStrides(from);
  return to.map((_, axis) => (axis < extra || from[axis - extra] === 1 ? 0 : strides[axis - extra]!));
}

function join({ shape, inputs }: Tensor, axis: number, parts: readonly Values[]): Values {
  const result = new Float64Array(sizeOf(shape));
  const inner = sizeOf(shape.slice(axis + 1));
  const outer = sizeOf(shape.slice(0, axis));
  let at = 0;
  for (let o = 0; o < outer; o++) {
    parts.forEach((part, p) => {
      const run = inputs[p]!.shape[axis]! * inner;
      result.set(part.subarray(o * run, (o + 1) * run), at);
      at += run;
    });
  }
  return result;
}

// ---- contractions --------------------------------------------------------------------------------------------------

function reduce(shape: Shape, { kind, axes }: Operation & { op: "reduce" }, x: Values): Values {
  const kept = [...shape.keys()].filter((axis) => !axes.includes(axis));
  const strides = contiguousStrides(shape);
  const order = [...kept, ...axes];
  const rows = walk(x, order.map((axis) => shape[axis]!), order.map((axis) => strides[axis]!));
  const count = sizeOf(axes.map((axis) => shape[axis]!));
  const fold = kind === "sum" ? binaries.add : kind === "max" ? binaries.max : binaries.min;
  const row = (r: number): Values => rows.subarray(r * count, (r + 1) * count);
  return Float64Array.from({ length: x.length / count }, (_, r) => row(r).reduce(fold));
}

function matmul({ inputs, shape }: Tensor, a: Values, b: Values, bias: Values | undefined): Values {
  const [m, n] = shape.slice(-2) as [number, number];
  const depth = inputs[0]!.shape[inputs[0]!.rank - 1]!;
  const result = new Float64Array(sizeOf(shape));
  for (let i = 0; i < result.length; i++) {
    const [batch, row, column] = [Math.floor(i / (m * n)), Math.floor(i / n) % m, i % n];
    let sum = bias ? bias[column]! : 0;
    for (let k = 0; k < depth; k++) sum += a[(batch * m + row) * depth + k]! * b[(batch * depth + k) * n + column]!;
    result[i] = sum;
  }
  return result;
}

function argmax(shape: Shape, x: Values): Values {
  const count = shape[shape.length - 1]!;
  return Float64Array.from({ length: x.length / count }, (_, r) => {
    let best = 0;
    for (let j = 0; j < count; j++) if (x[r * count + j]! > x[r * count + best]!) best = j;
    return best;
  });
}

function linearScan(shape: Shape, reverse: boolean, x: Values, a: Values): Values {
  const steps = shape[0]!;
  const width = x.length / steps;
  const y = new Float64Array(x.length);
  const before = new Float64Array(width);
  for (let t = 0; t < steps; t++) {
    const row = (reverse ? steps - 1 - t : t) * width;
    for (let j = 0; j < width; j++) before[j] = y[row + j] = x[row + j]! + a[row + j]! * before[j]!;
  }
  return y;
}

// ---- indices and random numbers ------------------------------------------------------------------------------------

type IndexOp = "gather-rows" | "scatter-add-rows" | "take-along" | "scatter-add-along";

/** All four as moves between a table [outer, size, inner] and its selection [outer, n, inner]. */
function moveByIndex(tensor: Tensor, op: IndexOp, x: Values, index: Values): Values {
  const rows = op.endsWith("rows");
  const scatter = op.startsWith("scatter");
  const table = scatter ? tensor.shape : tensor.inputs[0]!.shape;
  const size = rows ? table[0]! : table[1]!;
  const outer = rows ? 1 : table[0]!;
  const inner = rows ? sizeOf(table.slice(1)) : table[2]!;
  const count = (scatter ? x.length : tensor.size) / (outer * inner);
  const result = new Float64Array(tensor.size);
  for (let o = 0; o < outer; o++) {
    for (let j = 0; j < count; j++) {
      for (let i = 0; i < inner; i++) {
        const selected = (o * count + j) * inner + i;
        const chosen = Math.max(0, Math.min(size - 1, index[rows ? j : selected]!));
        const place = (o * size + chosen) * inner + i;
        if (scatter) result[place]! += x[selected]!;
        else result[selected] = x[place]!;
      }
    }
  }
  return result;
}

function randomBits(shape: Shape, salt: number, state: Values): Values {
  const [key0, key1, draw, stream] = state as unknown as [number, number, number, number];
  const result = new Float64Array(sizeOf(shape));
  for (let i = 0; i < result.length; i++) {
    result[i] = philox([i >> 2, salt, draw, stream], [key0, key1])[i & 3]!;
  }
  return result;
}
