import type { BinaryOp, DType, UnaryOp } from "../tensor/tensor.ts";
import { Arithmetic, cos, exp, log, sin, tanh, uniform, type Emitter } from "./elementary.ts";
import type { Access, Node } from "./graph.ts";
import type { BasicOp, Instruction, MapKernel, Reduction, View } from "./program.ts";
import { domainOf, isFused, isReduction } from "./schedule.ts";

/** The memory behind a node; `strides` for its shape, contiguous unless it is written into the middle of a concat. */
export interface Place {
  readonly buffer: number;
  readonly offset: number;
  readonly strides: readonly number[];
}

export type Locate = (node: Node) => Place;

/** Turns the nodes of one group into a map kernel. `stored` says which values other kernels read. */
export function buildMap(nodes: readonly Node[], stored: (node: Node) => boolean, locate: Locate): MapKernel {
  const domain = domainOf(nodes[0]!);
  const body = new Body(nodes, locate);
  const stores: { value: number; view: View }[] = [];
  const reductions: Reduction[] = [];
  for (const node of nodes) {
    if (isReduction(node)) {
      reductions.push(body.reduction(node));
      continue;
    }
    const value = body.value(node);
    if (stored(node)) stores.push({ value, view: body.whole(node) });
  }
  return collapse({ kind: "map", domain, loads: body.loads, instructions: body.instructions, stores, reductions });
}

const elementary = { exp, log, tanh, sin, cos, uniform };

/** The instructions of one map, grown node by node. */
class Body implements Emitter {
  readonly loads: View[] = [];
  readonly instructions: Instruction[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #values = new Map<Node, number>();
  readonly #arithmetic = new Arithmetic(this);
  readonly #inside: ReadonlySet<Node>;
  readonly #locate: Locate;

  constructor(nodes: readonly Node[], locate: Locate) {
    this.#inside = new Set(nodes);
    this.#locate = locate;
  }

  emit(op: BasicOp, args: readonly number[], dtype: DType, immediate = 0): number {
    const key = `${op} ${args} ${dtype} ${Object.is(immediate, -0) ? "-0" : immediate}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.instructions.length);
    return this.instructions.push({ op, args, dtype, immediate }) - 1;
  }

  value(node: Node): number {
    const known = this.#values.get(node);
    if (known !== undefined) return known;
    const value = this.#compute(node);
    this.#values.set(node, value);
    return value;
  }

  reduction(node: Node): Reduction {
    const { kind, axes } = node.operation as { kind: "sum" | "max" | "min"; axes: readonly number[] };
    const source = node.operands[0]!;
    // Axes of size 1 are gone from the domain: renumber.
    const [first, last] = [axes[0]!, axes[axes.length - 1]!];
    const before = source.shape.slice(0, first).filter((size) => size !== 1).length;
    const within = source.shape.slice(first, last + 1).filter((size) => size !== 1).length;
    const value = this.#operand(source, node);
    return { kind, value, from: before, to: before + within, store: this.whole(node) };
  }

  /** The window through which a node's own values are stored. */
  whole(node: Node): View {
    return this.view({ node, offset: 0, shape: node.shape, strides: this.#locate(node).strides });
  }

  /** The window of an access on memory, without axes of size 1. */
  view({ node, offset, shape, strides }: Access): View {
    const place = this.#locate(node);
    const axes = [...shape.keys()].filter((axis) => shape[axis] !== 1);
    const dtype = node.dtype === "bool" ? "i32" : node.dtype;
    return {
      buffer: place.buffer, offset: place.offset + offset, dtype,
      shape: axes.map((axis) => shape[axis]!), strides: axes.map((axis) => strides[axis]!),
    };
  }

  #operand(access: Access, reader: Node): number {
    const { node } = access;
    if (node.operation.op === "constant") return this.emit("constant", [], node.dtype, immediateOf(node));
    if (this.#inside.has(node) && isFused(access, reader)) return this.value(node);
    const view = this.view(access);
    const key = JSON.stringify([view, node.dtype]);
    let load = this.#numbers.get(key);
    if (load === undefined) {
      load = this.loads.push(view) - 1;
      this.#numbers.set(key, load);
    }
    return this.emit("load", [], node.dtype, load);
  }

  #compute(node: Node): number {
    const { operation } = node;
    const args = node.operands.map((access) => this.#operand(access, node));
    switch (operation.op) {
      case "copy":
        return args[0]!;
      case "iota": {
        const axis = node.shape.slice(0, operation.axis).filter((size) => size !== 1).length;
        if (node.shape[operation.axis] === 1) return this.emit("constant", [], "i32", 0);
        return this.emit("index", [], "i32", axis);
      }
      case "where":
        return this.emit("select", args, node.dtype);
      case "cast":
        return this.#cast(args[0]!, node.operands[0]!.node.dtype, node.dtype);
      case "exp": case "log": case "tanh": case "sin": case "cos": case "uniform":
        return elementary[operation.op](this.#arithmetic, args[0]!);
      default:
        return this.emit(operation.op as UnaryOp & BinaryOp & BasicOp, args, node.dtype);
    }
  }

  #cast(value: number, from: DType, to: DType): number {
    if (from === "bool") return this.emit(to === "f32" ? "mask-to-f32" : "mask-to-i32", [value], to);
    return this.emit(to === "f32" ? "to-f32" : "to-i32", [value], to);
  }
}

function immediateOf(node: Node): number {
  const { value } = node.operation as { value: number };
  return node.dtype === "f32" ? Math.fround(value) : value | 0;
}

/**
 * Joins neighbouring axes that every view walks as one. Borders of reductions stay; so do axes whose number is used,
 * and the last axis of a trailing reduction unless whole vectors fit (its index modulo 4 decides the partial sum).
 */
function collapse(map: MapKernel): MapKernel {
  const indexed = new Set(map.instructions.filter(({ op }) => op === "index").map(({ immediate }) => immediate));
  const views = [...map.loads, ...map.stores.map(({ view }) => view)];
  const joinable = (axis: number): boolean => {
    if (indexed.has(axis) || indexed.has(axis + 1)) return false;
    const outer = map.domain[axis + 1]!;
    if (views.some(({ strides }) => strides[axis] !== strides[axis + 1]! * outer)) return false;
    return map.reductions.every(({ from, to, store }) => {
      const border = axis + 1 === from || axis + 1 === to;
      const last = to === map.domain.length && axis + 1 === map.domain.length - 1 && map.domain[axis + 1]! % 4 !== 0;
      const inside = axis >= from && axis + 1 < to;
      const kept = axis + 1 < from ? axis : axis - to;
      return !border && (inside ? !last : store.strides[kept] === store.strides[kept + 1]! * outer);
    });
  };
  let current = map;
  for (let axis = map.domain.length - 2; axis >= 0; axis--) if (joinable(axis)) current = joinAxes(current, axis);
  return current.domain.length > 0 ? current : { ...current, domain: [1], ...scalars(current) };
}

function joinAxes(map: MapKernel, axis: number): MapKernel {
  const join = (view: View, at: number): View => ({
    ...view,
    shape: [...view.shape.slice(0, at), view.shape[at]! * view.shape[at + 1]!, ...view.shape.slice(at + 2)],
    strides: [...view.strides.slice(0, at), ...view.strides.slice(at + 1)],
  });
  return {
    ...map,
    domain: [...map.domain.slice(0, axis), map.domain[axis]! * map.domain[axis + 1]!, ...map.domain.slice(axis + 2)],
    loads: map.loads.map((view) => join(view, axis)),
    stores: map.stores.map(({ value, view }) => ({ value, view: join(view, axis) })),
    instructions: map.instructions.map((each) =>
      each.op === "index" && each.immediate > axis ? { ...each, immediate: each.immediate - 1 } : each),
    reductions: map.reductions.map((reduction) => {
      const { from, to, store } = reduction;
      if (axis >= from && axis + 1 < to) return { ...reduction, to: to - 1 };
      const before = axis + 1 < from;
      return before
        ? { ...reduction, from: from - 1, to: to - 1, store: join(store, axis) }
        : { ...reduction, store: join(store, axis - to) };
    }),
  };
}

/** A map over one element still has one axis. */
function scalars(map: MapKernel): Pick<MapKernel, "loads" | "stores" | "reductions"> {
  const lift = (view: View): View => ({ ...view, shape: [1], strides: [0] });
  return {
    loads: map.loads.map(lift),
    stores: map.stores.map(({ value, view }) => ({ value, view: lift(view) })),
    reductions: map.reductions.map((reduction) => ({ ...reduction, from: 0, to: 1 })),
  };
}
