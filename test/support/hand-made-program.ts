import type { Emitter } from "../../src/program/elementary.ts";
import type {
  BufferSpec, Instruction, Kernel, MapKernel, Program, Reduction, StorageType, View,
} from "../../src/program/program.ts";
import { contiguousStrides, sizeOf } from "../../src/tensor/shape.ts";

// Programs written by hand, kernel by kernel, to test a device without the compiler.

export interface ProgramBuilder {
  input(name: string, shape: readonly number[], dtype?: StorageType): View;
  output(name: string, shape: readonly number[], dtype?: StorageType): View;
  temporary(shape: readonly number[], dtype?: StorageType): View;
  add(kernel: Kernel): void;
  build(): Program;
}

export function buildProgram(): ProgramBuilder {
  const buffers: BufferSpec[] = [];
  const kernels: Kernel[] = [];
  const outputs = new Map<string, View>();
  let arenaBytes = 0;
  const declare = (kind: BufferSpec["kind"], name: string, shape: readonly number[], dtype: StorageType): View => {
    const size = sizeOf(shape);
    buffers.push({ kind, name, dtype, size, arenaOffset: kind === "temporary" ? arenaBytes : 0 });
    if (kind === "temporary") arenaBytes += Math.ceil(size / 16) * 64 + 64;
    return { buffer: buffers.length - 1, offset: 0, shape, strides: contiguousStrides(shape), dtype };
  };
  return {
    input: (name, shape, dtype = "f32") => declare("input", name, shape, dtype),
    output(name, shape, dtype = "f32") {
      const view = declare("output", name, shape, dtype);
      outputs.set(name, view);
      return view;
    },
    temporary: (shape, dtype = "f32") => declare("temporary", "", shape, dtype),
    add: (kernel) => void kernels.push(kernel),
    build: () => ({
      kernels, repeatFrom: 0, buffers, arenaBytes, byteLength: arenaBytes, outputs,
      inputs: new Map(buffers.flatMap(({ kind, name }, number) => (kind === "input" ? [[name, number] as const] : []))),
      work: { multiplyAdds: 0, elements: 0 },
    }),
  };
}

export interface MapBuilder extends Emitter {
  load(view: View, dtype?: Instruction["dtype"]): number;
  store(value: number, view: View): void;
  reduce(kind: Reduction["kind"], value: number, from: number, to: number, store: View): void;
  build(): MapKernel;
}

/** Views given to `load` are broadcast to the domain by NumPy's rule. */
export function buildMap(domain: readonly number[]): MapBuilder {
  const loads: View[] = [];
  const instructions: Instruction[] = [];
  const stores: { value: number; view: View }[] = [];
  const reductions: Reduction[] = [];
  const emit: Emitter["emit"] = (op, args, dtype, immediate = 0) =>
    instructions.push({ op, args, dtype, immediate }) - 1;
  return {
    emit,
    load(view, dtype = view.dtype) {
      loads.push(expandView(view, domain));
      return emit("load", [], dtype, loads.length - 1);
    },
    store: (value, view) => void stores.push({ value, view }),
    reduce: (kind, value, from, to, store) => void reductions.push({ kind, value, from, to, store }),
    build: () => ({ kind: "map", domain, loads, instructions, stores, reductions }),
  };
}

export function expandView(view: View, shape: readonly number[]): View {
  const extra = shape.length - view.shape.length;
  const strides = shape.map((size, axis) =>
    (axis < extra || view.shape[axis - extra] !== size ? 0 : view.strides[axis - extra]!));
  return { ...view, shape, strides };
}
