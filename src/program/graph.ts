import { BregmanError } from "../error.ts";
import { contiguousStrides, sizeOf, type Shape } from "../tensor/shape.ts";
import type { DType, Operation, Tensor } from "../tensor/tensor.ts";

// From the caller's tensors to the nodes that compute: equal subgraphs become one (hash-consing), what no root needs is
// never reached, and views (reshape, permute, slice, expand) dissolve into strided accesses of their reader.

/** `copy` is the one operation that the compiler adds: it gives a view a memory of its own. */
export type NodeOperation = Operation | { readonly op: "copy" };

/** A value that is computed, given or constant; never a view. */
export interface Node {
  readonly index: number;
  readonly operation: NodeOperation;
  readonly operands: readonly Access[];
  readonly shape: Shape;
  readonly dtype: DType;
}

/** How a reader walks over a node's row-major elements. Strides in elements; 0 repeats. */
export interface Access {
  readonly node: Node;
  readonly offset: number;
  readonly shape: Shape;
  readonly strides: readonly number[];
}

export interface Graph {
  /** Inputs before readers. */
  readonly nodes: readonly Node[];
  /** The access that stands for a tensor that was among the roots. */
  access(tensor: Tensor): Access;
  /** A new node of its own that copies what the access reads; never shared with an equal one. */
  copy(access: Access): Node;
}

type MakeNode = (operation: NodeOperation, operands: readonly Access[], shape: Shape, dtype: DType) => Node;

/** The nodes behind the roots and everything that these need. */
export function buildGraph(roots: readonly Tensor[]): Graph {
  const nodes: Node[] = [];
  const byKey = new Map<string, Node>();
  const accesses = new Map<Tensor, Access>();

  const create: MakeNode = (operation, operands, shape, dtype) => {
    const node: Node = { index: nodes.length, operation, operands, shape, dtype };
    nodes.push(node);
    return node;
  };
  const intern: MakeNode = (operation, operands, shape, dtype) => {
    const key = `${operationKey(operation)}|${operands.map(accessKey).join(";")}|${shape}|${dtype}`;
    const node = byKey.get(key) ?? create(operation, operands, shape, dtype);
    byKey.set(key, node);
    return node;
  };
  const copy = (access: Access): Node => intern({ op: "copy" }, [access], access.shape, access.node.dtype);

  for (const tensor of topological(roots)) {
    const operands = tensor.inputs.map((each) => accesses.get(each)!);
    accesses.set(tensor, viewOf(tensor, operands, copy) ?? wholeAccess(compute(tensor, operands, intern, copy)));
  }
  const ownCopy = (access: Access): Node => create({ op: "copy" }, [access], access.shape, access.node.dtype);
  return { nodes, access: (tensor) => accesses.get(tensor)!, copy: ownCopy };
}

/** Every tensor that the roots need, inputs first, in an order that depends on the graph alone. */
function topological(roots: readonly Tensor[]): Tensor[] {
  const order: Tensor[] = [];
  const done = new Set<Tensor>();
  const stack: { tensor: Tensor; next: number }[] = [];
  for (const root of roots) {
    if (done.has(root)) continue;
    done.add(root);
    stack.push({ tensor: root, next: 0 });
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      const child = top.tensor.inputs[top.next++];
      if (child === undefined) {
        order.push(top.tensor);
        stack.pop();
      } else if (!done.has(child)) {
        done.add(child);
        stack.push({ tensor: child, next: 0 });
      }
    }
  }
  return order;
}

export function wholeAccess(node: Node): Access {
  return { node, offset: 0, shape: node.shape, strides: contiguousStrides(node.shape) };
}

function viewOf(tensor: Tensor, operands: readonly Access[], copy: (access: Access) => Node): Access | undefined {
  const { operation, shape } = tensor;
  const source = operands[0]!;
  switch (operation.op) {
    case "stop-gradient":
      return source;
    case "reshape": {
      const strides = reshapeStrides(source.shape, source.strides, shape);
      if (strides) return { ...source, shape, strides };
      return { ...wholeAccess(copy(source)), shape, strides: contiguousStrides(shape) };
    }
    case "permute":
      return { ...source, shape, strides: operation.axes.map((axis) => source.strides[axis]!) };
    case "slice": {
      const offset = operation.starts.reduce((sum, start, axis) => sum + start * source.strides[axis]!, source.offset);
      return { ...source, shape, offset };
    }
    case "expand": {
      const extra = shape.length - source.shape.length;
      const stride = (axis: number): number =>
        axis < extra || source.shape[axis - extra] !== shape[axis] ? 0 : source.strides[axis - extra]!;
      return { ...source, shape, strides: shape.map((_, axis) => stride(axis)) };
    }
    default:
      return undefined;
  }
}

/** Strides that walk a strided window in another shape without copying, or undefined when there are none. */
function reshapeStrides(from: Shape, strides: readonly number[], to: Shape): number[] | undefined {
  const source = from
    .map((size, axis) => ({ size, stride: strides[axis]! }))
    .filter(({ size }) => size !== 1);
  const result = new Array<number>(to.length).fill(0);
  let at = source.length - 1;
  let axis = to.length - 1;
  while (axis >= 0) {
    if (to[axis] === 1) {
      axis--;
      continue;
    }
    // One run of source axes that are contiguous among themselves feeds a run of target axes of the same total size.
    let run = source[at]!;
    at--;
    let [have, want, first] = [run.size, 1, axis];
    let stride = run.stride;
    for (;;) {
      while (want < have && first >= 0) {
        result[first] = stride;
        want *= to[first]!;
        stride *= to[first]!;
        first--;
      }
      if (want === have) break;
      const next = source[at];
      if (!next || next.stride !== run.stride * run.size) return undefined;
      at--;
      run = { size: run.size * next.size, stride: run.stride };
      have = run.size;
    }
    axis = first;
  }
  return result;
}

/** Turns a tensor's operation into a node, in the form that the kernels take. */
function compute(
  tensor: Tensor, operands: readonly Access[], intern: MakeNode, copy: (access: Access) => Node,
): Node {
  const { operation, shape, dtype } = tensor;
  const contiguous = (access: Access): Access =>
    (isContiguous(access) && isMemory(access.node) ? access : wholeAccess(copy(access)));
  switch (operation.op) {
    case "reduce": {
      const source = operands[0]!;
      const { order, axes } = reductionOrder(source.shape.length, operation.axes);
      const permuted: Access = {
        ...source, shape: order.map((axis) => source.shape[axis]!), strides: order.map((axis) => source.strides[axis]!),
      };
      return intern({ ...operation, axes }, [permuted], shape, dtype);
    }
    case "matmul": {
      const [left, right, bias] = operands as [Access, Access, Access?];
      let a = matmulSide(left, contiguous);
      const b = matmulSide(right, contiguous);
      if (!isRowMajor(a) && !isRowMajor(b)) a = wholeAccess(copy(a));
      return intern(operation, bias ? [a, b, contiguous(bias)] : [a, b], shape, dtype);
    }
    case "gather-rows": case "scatter-add-rows": case "take-along": case "scatter-add-along":
    case "argmax": case "linear-scan": case "random-bits":
      return intern(operation, operands.map(contiguous), shape, dtype);
    default:
      return intern(operation, operands, shape, dtype);
  }
}

/** Reduced axes are brought together: in front, or behind when the last axis is among them. */
function reductionOrder(rank: number, axes: readonly number[]): { order: number[]; axes: number[] } {
  const kept = [...Array(rank).keys()].filter((axis) => !axes.includes(axis));
  const behind = axes.includes(rank - 1);
  const order = behind ? [...kept, ...axes] : [...axes, ...kept];
  return { order, axes: axes.map((_, i) => (behind ? kept.length + i : i)) };
}

/** A side as the matmul kernel takes it: one of the last two axes contiguous, at most two batch axes; else a copy. */
function matmulSide(access: Access, contiguous: (access: Access) => Access): Access {
  const [rows, columns] = access.shape.slice(-2) as [number, number];
  const [rowStride, columnStride] = access.strides.slice(-2) as [number, number];
  const direct = (rowStride >= columns && columnStride === 1) || (rowStride === 1 && columnStride >= rows) ||
    (rows === 1 && columnStride === 1) || (columns === 1 && rowStride === 1);
  const batchAxes = access.shape.slice(0, -2).filter((size) => size !== 1).length;
  return direct && batchAxes <= 2 && isMemory(access.node) ? access : contiguous(access);
}

/** Whether the last axis is the contiguous one. */
export function isRowMajor({ shape, strides }: Access): boolean {
  const [rows, columns] = shape.slice(-2) as [number, number];
  const [rowStride, columnStride] = strides.slice(-2) as [number, number];
  return (columnStride === 1 || columns === 1) && (rowStride >= columns || rows === 1);
}

/** Whether a kernel that takes addresses can read the node: constants and masks live in maps only. */
function isMemory(node: Node): boolean {
  return node.operation.op !== "constant" && node.dtype !== "bool";
}

export function isContiguous({ shape, strides }: { shape: Shape; strides: readonly number[] }): boolean {
  const wanted = contiguousStrides(shape);
  return shape.every((size, axis) => size === 1 || strides[axis] === wanted[axis]);
}

/** Whether the access reads the whole node, element by element, in its own order. */
export function isWhole(access: Access): boolean {
  return access.offset === 0 && isContiguous(access) && sizeOf(access.shape) === sizeOf(access.node.shape);
}

function operationKey(operation: NodeOperation): string {
  switch (operation.op) {
    case "constant":
      return `constant ${Object.is(operation.value, -0) ? "-0" : operation.value}`;
    case "input":
      return `input ${operation.name}`;
    default:
      return JSON.stringify(operation);
  }
}

function accessKey({ node, offset, shape, strides }: Access): string {
  return `${node.index}+${offset}[${shape}][${strides}]`;
}

/** Throws when two different inputs carry one name. */
export function checkInputNames(nodes: readonly Node[]): void {
  const seen = new Map<string, Node>();
  for (const node of nodes) {
    if (node.operation.op !== "input") continue;
    const { name } = node.operation;
    const other = seen.get(name);
    if (other) {
      throw new BregmanError("invalid-shape",
        `compile: two inputs are called "${name}": ${other.dtype} [${other.shape}] and ${node.dtype} [${node.shape}]`);
    }
    seen.set(name, node);
  }
}
