import { BregmanError } from "../../error.ts";
import { broadcastShapes, sameShape, sizeOf, type Shape } from "../../tensor/shape.ts";
import type { BinaryOp, Tensor, UnaryOp } from "../../tensor/tensor.ts";
import { dataTypes, type Initializer, type Node, type ValueInfo } from "./model.ts";

/**
 * Stands for the number of rows N in a traced graph. It is a prime, so that an axis belongs to the rows exactly where
 * this divides its size.
 */
export const rows = 1_000_003;

/** A tensor as the model computes it: axes that broadcasting fills in may have size 1, or lack in front. */
interface Value {
  readonly name: string;
  readonly shape: Shape;
}

const elementwise: Readonly<Record<Exclude<UnaryOp, "uniform"> | BinaryOp | "where", string>> = {
  neg: "Neg", abs: "Abs", exp: "Exp", log: "Log", sqrt: "Sqrt", tanh: "Tanh", sin: "Sin", cos: "Cos", floor: "Floor",
  round: "Round", not: "Not", add: "Add", sub: "Sub", mul: "Mul", div: "Div", min: "Min", max: "Max", lt: "Less",
  le: "LessOrEqual", eq: "Equal", and: "And", or: "Or", where: "Where",
};

/**
 * Turns a graph of tensors, traced for `rows` rows, into nodes of ONNX: one primitive, one node. What depends on
 * weights and constants alone becomes an initializer; the other inputs become inputs of the model. Random numbers
 * become an input `noise` [N, K], uniform in (0, 1), one for each that the graph draws for a row. Throws
 * `invalid-option` for a primitive that no acting policy has.
 */
export class GraphWriter {
  readonly nodes: Node[] = [];
  readonly initializers: Initializer[] = [];
  readonly inputs: ValueInfo[] = [];
  readonly outputs: ValueInfo[] = [];
  readonly #weights: ReadonlyMap<string, Float32Array>;
  readonly #descriptions: Readonly<Record<string, string>>;
  readonly #values = new Map<Tensor, Value>();
  readonly #constants = new Map<string, string>();
  #rowCount: string | undefined;

  /** Values of the inputs that are weights, and descriptions of the others, by name. */
  constructor(weights: ReadonlyMap<string, Float32Array>, descriptions: Readonly<Record<string, string>>) {
    this.#weights = weights;
    this.#descriptions = descriptions;
  }

  output(name: string, tensor: Tensor, description: string): void {
    this.nodes.push({ type: "Identity", inputs: [this.#whole(tensor)], output: name, attributes: {} });
    this.outputs.push({ name, dtype: tensor.dtype, shape: namedAxes(tensor.shape), description });
  }

  #value(tensor: Tensor): Value {
    let value = this.#values.get(tensor);
    if (!value) {
      value = this.#known(tensor) ?? this.#computed(tensor);
      this.#values.set(tensor, value);
    }
    return value;
  }

  /** The name of a tensor whose axes all have their full size. */
  #whole(tensor: Tensor): string {
    const { name, shape } = this.#value(tensor);
    return sameShape(shape, tensor.shape) ? name : this.#node("Expand", [name, this.#shape(tensor.shape)]);
  }

  #node(type: string, inputs: readonly string[], attributes: Node["attributes"] = {}): string {
    const output = `${type}_${this.nodes.length}`;
    this.nodes.push({ type, inputs, output, attributes });
    return output;
  }

  #computed(tensor: Tensor): Value {
    const { operation, inputs, shape } = tensor;
    const [first] = inputs as [Tensor];
    const whole = (name: string): Value => ({ name, shape });
    switch (operation.op) {
      case "input": return whole(this.#input(operation.name, tensor));
      case "uniform": return whole(this.#noise(shape));
      case "stop-gradient":
      case "expand": return this.#value(first);
      case "iota": return this.#iota(shape, operation.axis);
      case "cast": {
        const value = this.#value(first);
        return { ...value, name: this.#node("Cast", [value.name], { to: dataTypes[tensor.dtype] }) };
      }
      case "reshape": return whole(this.#node("Reshape", [this.#whole(first), this.#reshaped(shape)]));
      case "permute": return whole(this.#node("Transpose", [this.#whole(first)], { perm: operation.axes }));
      case "slice": return whole(this.#slice(first, operation.starts, shape));
      case "concat":
        return whole(this.#node("Concat", inputs.map((part) => this.#whole(part)), { axis: operation.axis }));
      case "reduce": return whole(this.#reduce(operation.kind, first, operation.axes));
      case "matmul": return whole(this.#matmul(inputs));
      case "argmax": {
        const index = this.#node("ArgMax", [this.#whole(first)], { axis: first.rank - 1, keepdims: 0 });
        return whole(this.#node("Cast", [index], { to: dataTypes.i32 }));
      }
      default: return this.#elementwise(operation.op, inputs);
    }
  }

  #elementwise(op: string, inputs: readonly Tensor[]): Value {
    const type = elementwise[op as keyof typeof elementwise];
    if (!type) throw new BregmanError("invalid-option", `ONNX export: a policy that uses "${op}" cannot be exported`);
    const values = inputs.map((each) => this.#value(each));
    const shape = values.reduce<Shape>((known, value) => broadcastShapes(known, value.shape, op), []);
    return { name: this.#node(type, values.map(({ name }) => name)), shape };
  }

  #input(name: string, { dtype, shape }: Tensor): string {
    this.inputs.push({ name, dtype, shape: namedAxes(shape), description: this.#descriptions[name] ?? "" });
    return name;
  }

  /** Uniform numbers: the axis of the rows, in front of the input, moves to where the graph has it. */
  #noise(shape: Shape): string {
    const at = shape.indexOf(rows);
    const others = shape.filter((_, axis) => axis !== at);
    this.inputs.push({
      name: "noise", dtype: "f32", shape: ["N", sizeOf(others)], description: this.#descriptions.noise ?? "",
    });
    const smallest = 2 ** -24;   // a 0 or 1 from the caller would give an infinite number
    const low = this.#node("Max", ["noise", this.#constant(Float32Array.of(smallest), [])]);
    const inside = this.#node("Min", [low, this.#constant(Float32Array.of(1 - smallest), [])]);
    const split = this.#node("Reshape", [inside, this.#reshaped([rows, ...others])]);
    const perm = shape.map((_, axis) => (axis === at ? 0 : axis < at ? axis + 1 : axis));
    return at === 0 ? split : this.#node("Transpose", [split], { perm });
  }

  #iota(shape: Shape, axis: number): Value {
    const size = shape[axis]!;
    const ones = shape.map((_, i) => (i === axis ? size : 1));
    return { name: this.#constant(Int32Array.from({ length: size }, (_, i) => i), ones), shape: ones };
  }

  #slice(x: Tensor, starts: readonly number[], shape: Shape): string {
    const axes = [...shape.keys()].filter((axis) => shape[axis] !== x.shape[axis]);
    const lists = [axes.map((axis) => starts[axis]!), axes.map((axis) => starts[axis]! + shape[axis]!), axes];
    return this.#node("Slice", [this.#whole(x), ...lists.map((list) => this.#integers(list))]);
  }

  /** The axes of a sum became an input in opset 13, those of the others stay attributes in it. */
  #reduce(kind: "sum" | "max" | "min", x: Tensor, axes: readonly number[]): string {
    if (kind === "sum") return this.#node("ReduceSum", [this.#whole(x), this.#integers(axes)], { keepdims: 0 });
    return this.#node(kind === "max" ? "ReduceMax" : "ReduceMin", [this.#whole(x)], { axes, keepdims: 0 });
  }

  #matmul(inputs: readonly Tensor[]): string {
    const [left, right, bias] = inputs.map((each) => this.#whole(each)) as [string, string, string?];
    if (bias === undefined) return this.#node("MatMul", [left, right]);
    return inputs[0]!.rank === 2
      ? this.#node("Gemm", [left, right, bias])
      : this.#node("Add", [this.#node("MatMul", [left, right]), bias]);
  }

  // ---- what is known when the model is written ----------------------------------------------------------------------

  #known(tensor: Tensor): Value | undefined {
    const known = this.#content(tensor);
    if (!known) return undefined;
    const { values, name } = known;
    const shape = values.length === tensor.size ? tensor.shape : [];
    const content = tensor.dtype === "f32" ? Float32Array.from(values) : Int32Array.from(values);
    return { name: this.#constant(content, shape, name), shape };
  }

  /** The elements of a tensor that weights and constants give, or the one that they all are. */
  #content({ operation, inputs, size }: Tensor): { values: ArrayLike<number>; name?: string } | undefined {
    switch (operation.op) {
      case "constant": return { values: [operation.value] };
      case "input": {
        const values = this.#weights.get(operation.name);
        return values && { values, name: operation.name };
      }
      case "slice": {
        const part = partOf(inputs[0]!, operation.starts[0]!, size);
        return part && this.#content(part);
      }
      case "reshape": return this.#content(inputs[0]!);
      case "expand": {
        const known = this.#content(inputs[0]!);
        const isNumber = known?.values.length === 1 && known.name === undefined;
        return isNumber || known?.values.length === size ? known : undefined;
      }
      case "concat": {
        const parts = inputs.map((part) => ({ size: part.size, known: this.#content(part) }));
        const fits = inputs[0]!.rank === 1 && parts.every(({ known, size }) => known?.values.length === size);
        return fits ? { values: parts.flatMap(({ known }) => Array.from(known!.values)) } : undefined;
      }
      default: return undefined;
    }
  }

  /** An initializer; equal ones of the same name are one. */
  #constant(values: Initializer["values"], shape: Shape, given?: string): string {
    const key = `${values.constructor.name} ${given ?? values.join()} ${shape.join()}`;
    let name = this.#constants.get(key);
    if (name === undefined) {
      const isFree = this.initializers.every((each) => each.name !== given);
      name = given !== undefined && isFree ? given : `constant_${this.#constants.size}`;
      this.#constants.set(key, name);
      this.initializers.push({ name, shape, values });
    }
    return name;
  }

  #integers(values: readonly number[]): string {
    return this.#constant(BigInt64Array.from(values, BigInt), [values.length]);
  }

  /** A shape to reshape to: the axis of the rows takes what is left. */
  #reshaped(shape: Shape): string {
    return this.#integers(shape.map((size) => (size % rows === 0 ? -1 : size)));
  }

  /** A shape to broadcast to, which needs the number of rows. */
  #shape(shape: Shape): string {
    const at = shape.indexOf(rows);
    if (at < 0) return this.#integers(shape);
    this.#rowCount ??= this.#node("Slice",
      [this.#node("Shape", ["observation"]), ...[[0], [1]].map((list) => this.#integers(list))]);
    const sizes = (some: Shape): string[] => (some.length > 0 ? [this.#integers(some)] : []);
    const parts = [...sizes(shape.slice(0, at)), this.#rowCount, ...sizes(shape.slice(at + 1))];
    return this.#node("Concat", parts, { axis: 0 });
  }
}

function namedAxes(shape: Shape): (number | string)[] {
  return shape.map((size) => (size === rows ? "N" : size));
}

/** The tensor that fills elements `start` to `start + size` of vectors joined in a row, where there is one. */
function partOf({ operation, inputs }: Tensor, start: number, size: number): Tensor | undefined {
  if (operation.op !== "concat") return undefined;
  let at = 0;
  for (const part of inputs) {
    if (at === start) return part.size === size && part.rank === 1 ? part : undefined;
    at += part.size;
  }
  return undefined;
}
