import { BregmanError, invariant } from "../../error.ts";
import type { Kernel, MapKernel, Program, StorageType, View } from "../../program/program.ts";
import type { Device, DeviceBuffer, LoadedProgram } from "../device.ts";
import { createInstance, type WasmInstance } from "../wasm-instance.ts";
import { moduleBytes } from "./bytecode.ts";
import { emitMap } from "./emit-map.ts";
import { encodeKernel, scratchBytes } from "./encode-kernel.ts";
import type { AddressOf } from "./map-walk.ts";

/** A buffer in linear memory. `view` is live: reading and writing it costs nothing. */
export interface WasmBuffer extends DeviceBuffer {
  readonly address: number;
  /** The memory itself. Taken anew by each call, because loading further programs may move it. */
  view(): Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
}

export interface WasmDevice extends Device {
  readonly kind: "wasm";
  readonly instance: WasmInstance;
  allocate(size: number, dtype: StorageType): WasmBuffer;
  load(program: Program, bindings?: Readonly<Record<string, DeviceBuffer>>): Promise<LoadedWasmProgram>;
  /** `load` without waiting. The maps of a program are a few kilobytes, which every engine compiles on the spot. */
  loadNow(program: Program, bindings?: Readonly<Record<string, DeviceBuffer>>): LoadedWasmProgram;
}

export interface LoadedWasmProgram extends LoadedProgram {
  /** Where its instructions begin and end, for code in WASM that runs them. */
  readonly instructions: { readonly start: number; readonly end: number };
  buffer(name: string): WasmBuffer;
}

/**
 * The CPU: programs run inside the main module's linear memory, one call a run. Same program, same data, same bits
 * everywhere.
 */
export async function createWasmDevice(instance?: WasmInstance): Promise<WasmDevice> {
  return wasmDeviceOn(instance ?? await createInstance());
}

/** The device on an instance that exists already. */
export function wasmDeviceOn(instance: WasmInstance): WasmDevice {
  return new Wasm(instance);
}

class Wasm implements WasmDevice {
  readonly kind = "wasm";
  readonly description = "WebAssembly SIMD, one thread";
  readonly instance: WasmInstance;
  #disposed = false;

  constructor(instance: WasmInstance) {
    this.instance = instance;
  }

  allocate(size: number, dtype: StorageType): WasmBuffer {
    this.#check();
    return bufferAt(this.instance, this.instance.allocate(size * 4), size, dtype);
  }

  write(buffer: DeviceBuffer, data: Float32Array | Int32Array, offset = 0): void {
    this.#check();
    if (offset + data.length > buffer.size) {
      throw new BregmanError("invalid-shape",
        `write: ${data.length} elements at ${offset} do not fit into a buffer of ${buffer.size}`);
    }
    (buffer as WasmBuffer).view().set(data, offset);
  }

  read(buffer: DeviceBuffer, length = buffer.size): Promise<Float32Array | Int32Array> {
    this.#check();
    return Promise.resolve((buffer as WasmBuffer).view().slice(0, length));
  }

  async load(program: Program, bindings: Readonly<Record<string, DeviceBuffer>> = {}): Promise<LoadedWasmProgram> {
    return this.loadNow(program, bindings);
  }

  loadNow(program: Program, bindings: Readonly<Record<string, DeviceBuffer>> = {}): LoadedWasmProgram {
    this.#check();
    const { instance } = this;
    const arena = instance.allocate(program.arenaBytes);
    const buffers = program.buffers.map((spec): WasmBuffer => {
      if (spec.kind === "temporary") return bufferAt(instance, arena + spec.arenaOffset, spec.size, spec.dtype);
      const bound = spec.kind === "input" ? bindings[spec.name] as WasmBuffer | undefined : undefined;
      if (bound && (bound.size < spec.size || bound.dtype !== spec.dtype)) {
        throw new BregmanError("invalid-shape",
          `load: input "${spec.name}" needs ${spec.dtype} [${spec.size}], ` +
          `the bound buffer is ${bound.dtype} [${bound.size}]`);
      }
      return bound ?? this.allocate(spec.size, spec.dtype);
    });
    const addressOf: AddressOf = (view: View) => buffers[view.buffer]!.address + view.offset * 4;
    const tableIndex = this.#linkMaps(program, addressOf);
    const scratch = instance.allocate(Math.max(0, ...program.kernels.map(scratchBytes)));
    const instructions = program.kernels.flatMap((kernel) =>
      encodeKernel(kernel, { addressOf, scratch, mapIndex: (map: Kernel) => tableIndex.get(map as MapKernel)! }));
    return new Loaded(instance, program, buffers, instructions);
  }

  dispose(): void {
    this.#disposed = true;
  }

  /** Emits all maps of a program as one module and puts its functions into the machine's table. */
  #linkMaps(program: Program, addressOf: AddressOf): Map<MapKernel, number> {
    const maps = program.kernels.filter((kernel): kernel is MapKernel => kernel.kind === "map");
    if (maps.length === 0) return new Map();
    const { memory, table } = this.instance;
    const module = new WebAssembly.Module(moduleBytes(maps.map((map) => emitMap(map, addressOf))));
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    const first = table.grow(maps.length);
    return new Map(maps.map((map, i) => {
      table.set(first + i, exports[String(i)]);
      return [map, first + i];
    }));
  }

  #check(): void {
    if (this.#disposed) throw new BregmanError("disposed", "this device was disposed");
  }
}

class Loaded implements LoadedWasmProgram {
  readonly program: Program;
  readonly stepCount: number;
  readonly #instance: WasmInstance;
  readonly #buffers: readonly WasmBuffer[];
  /** Addresses of the instructions, and of the end. */
  readonly #bounds: readonly number[];
  #disposed = false;

  constructor(
    instance: WasmInstance, program: Program, buffers: readonly WasmBuffer[], instructions: readonly number[][],
  ) {
    this.program = program;
    this.stepCount = instructions.length;
    this.#instance = instance;
    this.#buffers = buffers;
    const length = instructions.reduce((sum, words) => sum + words.length, 0);
    const address = instance.allocate(length * 4);
    instance.int32(address, length).set(instructions.flat());
    let at = address;
    this.#bounds = [at, ...instructions.map((words) => (at += words.length * 4))];
  }

  get instructions(): { start: number; end: number } {
    return { start: this.#bounds[0]!, end: this.#bounds[this.stepCount]! };
  }

  buffer(name: string): WasmBuffer {
    const output = this.program.outputs.get(name);
    const number = this.program.inputs.get(name) ?? output?.buffer;
    if (number === undefined) {
      throw new BregmanError("not-found", `the program has no input or output called "${name}"`);
    }
    if (output && !this.program.inputs.has(name)) {
      const base = this.#buffers[number]!;
      const size = output.shape.reduce((product, each) => product * each, 1);
      return bufferAt(this.#instance, base.address + output.offset * 4, size, output.dtype);
    }
    return this.#buffers[number]!;
  }

  run(times = 1): void {
    this.#check();
    this.#instance.exports.machine_repeat!(this.#bounds[0]!, this.#bounds[this.stepCount]!, times);
  }

  runSteps(from: number, to: number): void {
    this.#check();
    invariant(from >= 0 && to <= this.stepCount && from <= to, `steps ${from} to ${to} of ${this.stepCount}`);
    this.#instance.exports.machine_run!(this.#bounds[from]!, this.#bounds[to]!);
  }

  dispose(): void {
    this.#disposed = true;
  }

  #check(): void {
    if (this.#disposed) throw new BregmanError("disposed", "this program was disposed");
  }
}

function bufferAt(instance: WasmInstance, address: number, size: number, dtype: StorageType): WasmBuffer {
  const view = (): Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> =>
    dtype === "f32" ? instance.float32(address, size) : instance.int32(address, size);
  return { dtype, size, address, view };
}
