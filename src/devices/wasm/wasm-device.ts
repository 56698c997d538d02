import { BregmanError, invariant } from "../../error.ts";
import type { MapKernel, Program, StorageType, View } from "../../program/program.ts";
import type { Device, DeviceBuffer, LoadedProgram } from "../device.ts";
import { Opcode } from "../machine-instructions.ts";
import { createInstance, type WasmInstance } from "../wasm-instance.ts";
import { moduleBytes } from "./bytecode.ts";
import type { Crew } from "./crew.ts";
import { cutKernel } from "./cut-kernel.ts";
import { emitMap } from "./emit-map.ts";
import { encodeKernel, scratchBytes } from "./encode-kernel.ts";
import { fuseScans } from "./fuse-scan.ts";
import type { AddressOf } from "./map-walk.ts";
import type { StartHelper } from "./start-helper.ts";
import { ThreadChoice } from "./thread-choice.ts";
import { alone, gatherThreads, type Gathered, type Threads } from "./threads.ts";

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

export interface WasmDeviceOptions {
  /** How many threads share large programs; 1 by default. Where there is no shared memory it stays at one. */
  readonly threads?: Threads;
  /** Another way to start a worker. */
  readonly startHelper?: StartHelper;
}

/**
 * The CPU: programs run inside the main module's linear memory, one call a run. Same program, same data, same bits
 * everywhere and for any number of threads. Throws `invalid-option` for a bad number of them.
 */
export async function createWasmDevice({ threads = 1, startHelper }: WasmDeviceOptions = {}): Promise<WasmDevice> {
  const gathered = await gatherThreads(threads, startHelper);
  return new Wasm(gathered.crew?.instance ?? await createInstance(), gathered, threads === "auto");
}

/** The device on an instance that exists already. */
export function wasmDeviceOn(instance: WasmInstance): WasmDevice {
  return new Wasm(instance, alone(), false);
}

class Wasm implements WasmDevice {
  readonly kind = "wasm";
  readonly instance: WasmInstance;
  readonly #threads: Gathered;
  readonly #measures: boolean;
  #disposed = false;

  /** `measures`: whether programs find out if threads pay. */
  constructor(instance: WasmInstance, threads: Gathered, measures: boolean) {
    this.instance = instance;
    this.#threads = threads;
    this.#measures = measures;
  }

  get description(): string {
    return this.#threads.description;
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

  readAll(buffers: readonly DeviceBuffer[]): Promise<(Float32Array | Int32Array)[]> {
    return Promise.all(buffers.map((buffer) => this.read(buffer)));
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
    const { crew } = this.#threads;
    const threads = 1 + (crew?.helpers ?? 0);
    const whole = program.repeatFrom > 0 ? program.kernels : fuseScans(program, addressOf);
    const kernels = whole.map((kernel) => cutKernel(kernel, threads));
    const tableIndex = this.#linkMaps(kernels.flat().filter((kernel) => kernel.kind === "map"), addressOf);
    const scratch = instance.allocate(Math.max(0, ...program.kernels.map(scratchBytes)));
    const steps = kernels.map((pieces) =>
      encodeKernel(pieces, { addressOf, scratch, threads, mapIndex: (map) => tableIndex.get(map)! }));
    return new Loaded(instance, program, buffers, steps, crew, this.#measures);
  }

  dispose(): void {
    this.#disposed = true;
    this.#threads.crew?.dispose();
  }

  /** Emits all maps of a program as one module and puts its functions into the machine's table, in all threads. */
  #linkMaps(maps: readonly MapKernel[], addressOf: AddressOf): Map<MapKernel, number> {
    if (maps.length === 0) return new Map();
    const { memory, table, isShared } = this.instance;
    const bytes = moduleBytes(maps.map((map) => emitMap(map, addressOf)), isShared);
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
    const first = table.grow(maps.length);
    maps.forEach((_, i) => table.set(first + i, exports[String(i)]));
    this.#threads.crew?.link(bytes, first, maps.length);
    return new Map(maps.map((map, i) => [map, first + i]));
  }

  #check(): void {
    if (this.#disposed) throw new BregmanError("disposed", "this device was disposed");
  }
}

class Loaded implements LoadedWasmProgram {
  readonly program: Program;
  readonly stepCount: number;
  readonly repeatFrom: number;
  readonly #instance: WasmInstance;
  readonly #buffers: readonly WasmBuffer[];
  /** Addresses of the instructions, and of the end. */
  readonly #bounds: readonly number[];
  /** Where a step is worth sharing: the threads, and when they should. */
  readonly #crew: Crew | undefined;
  readonly #choice: ThreadChoice | undefined;
  #milliseconds = 0;
  #disposed = false;

  constructor(
    instance: WasmInstance, program: Program, buffers: readonly WasmBuffer[],
    stepsOfKernels: readonly (readonly number[][])[], crew: Crew | undefined, measures: boolean,
  ) {
    const steps = stepsOfKernels.flat();
    this.program = program;
    this.stepCount = steps.length;
    this.repeatFrom = stepsOfKernels.slice(0, program.repeatFrom).flat().length;
    this.#instance = instance;
    this.#buffers = buffers;
    const length = steps.reduce((sum, words) => sum + words.length, 0);
    const address = instance.allocate(length * 4);
    instance.int32(address, length).set(steps.flat());
    let at = address;
    this.#bounds = [at, ...steps.map((words) => (at += words.length * 4))];
    if (!steps.some(([opcode]) => opcode === Opcode.together)) return;
    this.#crew = crew;
    this.#choice = crew && measures ? new ThreadChoice() : undefined;
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
    if (this.repeatFrom > 0 && times > 0) this.#execute(0, this.repeatFrom, 1);
    this.#execute(this.repeatFrom, this.stepCount, times);
  }

  runSteps(from: number, to: number): void {
    this.#check();
    invariant(from >= 0 && to <= this.stepCount && from <= to, `steps ${from} to ${to} of ${this.stepCount}`);
    this.#execute(from, to, 1);
  }

  #execute(from: number, to: number, times: number): void {
    const { machine_repeat } = this.#instance.exports;
    const [begin, end] = [this.#bounds[from]!, this.#bounds[to]!];
    if (!this.#crew) {
      machine_repeat!(begin, end, times);
      return;
    }
    this.#crew.takePart(this.#choice?.together ?? true);
    const began = performance.now();
    try {
      machine_repeat!(begin, end, times);
    } catch (trap) {
      throw this.#crew.explain(trap);
    }
    this.#milliseconds += (performance.now() - began) / times;
    if (to < this.stepCount) return;
    if (this.#crew.isThere) this.#choice?.ran(this.#milliseconds);
    this.#milliseconds = 0;
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
