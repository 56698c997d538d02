import { BregmanError } from "../error.ts";
import { sameShape, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { placeBuffers, type StateUpdate } from "./buffers.ts";
import { splitConcats } from "./concats.ts";
import { buildGraph, checkInputNames, isContiguous, isWhole, wholeAccess, type Access, type Node } from "./graph.ts";
import { buildKernel } from "./kernel-builder.ts";
import type { Program } from "./program.ts";
import { isLeaf, schedule } from "./schedule.ts";

export interface ProgramSource {
  /** What callers read after a run, by name. */
  readonly outputs?: Readonly<Record<string, Tensor>>;
  /**
   * New values of inputs, as [input, value] pairs: after the run the input's buffer holds the value. All values are
   * computed from what the inputs held before the run.
   */
  readonly updates?: readonly (readonly [Tensor, Tensor])[];
  /**
   * For programs that run many times in a row on the same other inputs: what does not depend on an updated input is
   * computed by the first of `run(times)` alone, in more memory.
   */
  readonly repeats?: boolean;
}

/**
 * Compiles symbolic tensors to a program: equal and unneeded nodes go, elementwise chains and the sums that end them
 * become maps, buffers are shared by values that are never alive together. The result depends on the graph alone.
 * Throws `invalid-shape` or `invalid-dtype` for updates that do not fit, bool outputs, and names used twice.
 */
export function compile(source: ProgramSource): Program {
  const outputs = Object.entries(source.outputs ?? {});
  const updates = source.updates ?? [];
  check(outputs, updates);
  const graph = buildGraph([...outputs.map(([, tensor]) => tensor), ...updates.flat()]);
  checkInputNames(graph.nodes);

  const { pieces, placed } = splitConcats(graph);
  const taken = new Set<Node>(placed);
  const stateUpdates = updates.map(([state, value]): StateUpdate => {
    const access = graph.access(value);
    const { node: read } = access;
    const direct = isWhole(access) && !isLeaf(read) && read.operation.op !== "concat" && !taken.has(read);
    const node = direct ? read : graph.copy(access);
    taken.add(node);
    return { state: graph.access(state).node, value: node };
  });
  const named = outputs.map(([name, tensor]): [string, Access] => {
    const access = graph.access(tensor);
    // Callers read a stretch of memory, so what is given, constant or a strided view gets a memory of its own.
    const direct = !isLeaf(access.node) && isContiguous(access);
    return [name, direct ? access : wholeAccess(graph.copy(access))];
  });

  const roots = [...named.map(([, access]) => access.node), ...stateUpdates.map(({ value }) => value)];
  const varying = source.repeats ? new Set(stateUpdates.map(({ state }) => state)) : undefined;
  const plan = schedule(graph, roots, pieces, new Set(stateUpdates.map(({ value }) => value)), varying);
  const placement = placeBuffers({ plan, pieces, updates: stateUpdates, outputs: named });
  const kernels = [...plan.groups.map((group) => buildKernel(group, placement)), ...placement.finalCopies];
  const outside = total(placement.buffers, ({ kind, size }) => (kind === "temporary" ? 0 : size * 4));
  return {
    kernels,
    repeatFrom: plan.constantGroups,
    buffers: placement.buffers,
    arenaBytes: placement.arenaBytes,
    byteLength: placement.arenaBytes + outside,
    inputs: placement.inputs,
    outputs: new Map(named.map(([name, access]) => [name, placement.view(access)])),
    work: {
      multiplyAdds: total(kernels, (each) => (each.kind === "matmul" ? sizeOf(each.y.shape) * each.k : 0)),
      elements: total(kernels, (each) => (each.kind === "map" ? sizeOf(each.domain) : 0)),
    },
  };
}

function total<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((sum, item) => sum + count(item), 0);
}

function check(outputs: readonly [string, Tensor][], updates: readonly (readonly [Tensor, Tensor])[]): void {
  for (const [name, tensor] of outputs) {
    if (tensor.dtype === "bool") {
      throw new BregmanError("invalid-dtype", `compile: output "${name}" is bool; cast() it to f32 or i32`);
    }
  }
  const seen = new Set<Tensor>();
  for (const [state, value] of updates) {
    if (state.operation.op !== "input") {
      throw new BregmanError("invalid-option", "compile: only an input can be updated");
    }
    const { name } = state.operation;
    if (seen.has(state)) throw new BregmanError("invalid-option", `compile: input "${name}" is updated twice`);
    seen.add(state);
    if (!sameShape(state.shape, value.shape) || state.dtype !== value.dtype) {
      throw new BregmanError("invalid-shape",
        `compile: the update of "${name}" must be ${state.dtype} [${state.shape}], ` +
        `got ${value.dtype} [${value.shape}]`);
    }
  }
}
