import { BregmanError } from "../../error.ts";
import type { Program } from "../../program/program.ts";
import type { Device, DeviceBuffer } from "../device.ts";
import { traitsOf, type AdapterKind } from "./adapter-traits.ts";
import { makeBuffer, type WebGpuBuffer, type WebGpuCore, type WebGpuCounters, type WebGpuProgram } from "./core.ts";
import type { DebugLevel } from "./describe.ts";
import { packHalves } from "./halves.ts";
import { createHeap } from "./heap.ts";
import { loadProgram } from "./loaded-program.ts";
import { createReadBack } from "./read-back.ts";
import { adoptDevice, languageFeatures, requestDevice, type AdapterReport } from "./request-device.ts";

export interface WebGpuDevice extends Device {
  readonly kind: "webgpu";
  readonly gpu: GPUDevice;
  /** Whether the adapter computes on the CPU. */
  readonly software: boolean;
  readonly counters: WebGpuCounters;
  /**
   * A buffer of f32 numbers that it keeps as float16, in half the bytes: written as a whole, read by programs alone,
   * which compute in f32.
   */
  allocateHalves(size: number): WebGpuBuffer;
  /** Bytes of all pages of its memory. */
  byteLength(): number;
  load(program: Program, bindings?: Readonly<Record<string, DeviceBuffer>>): Promise<WebGpuProgram>;
}

export interface WebGpuOptions {
  /** A GPUDevice that the page already owns; it is never destroyed here. */
  readonly device?: GPUDevice;
  /** An adapter found before by `findAdapter`. */
  readonly adapter?: AdapterReport;
  /** Prints every loaded program with `console.log`: 1 the kernels, 2 also their WGSL. */
  readonly debug?: DebugLevel;
  /**
   * Cuts a run into submits that take a slow GPU about so many milliseconds, 200 by default: a page stays responsive,
   * and no driver takes the GPU for hung. The cuts follow from the program alone and change no bits.
   */
  readonly submitMs?: number;
  /** Which kernels to take, for GPUs or for adapters that compute on the CPU; by default those that the adapter is. */
  readonly kernels?: AdapterKind;
  /** Size of the first page of memory; later ones are larger. 4 MiB by default. */
  readonly pageBytes?: number;
}

/**
 * A device on the GPU of this runtime, or on the page's own GPUDevice. Throws `webgpu-unavailable` that says why
 * there is none. Sums and matmuls follow fixed trees, or where threads of a subgroup add up among themselves the
 * adapter's own: the same adapter repeats its bits; other adapters and wasm agree within rounding.
 */
export async function createWebGpuDevice(options: WebGpuOptions = {}): Promise<WebGpuDevice> {
  const report = options.device ? adoptDevice(options.device) : await requestDevice(options.adapter);
  const { gpu, description, software, owned } = report;
  const heap = createHeap(gpu, options.pageBytes);
  const counters = { submits: 0, dispatches: 0, pipelines: 0 };
  const faults = watchFaults(gpu, owned);
  let disposed = false;

  const core: WebGpuCore = {
    gpu, heap, counters,
    adapter: traitsOf(gpu, options.kernels ?? (software ? "cpu" : "gpu"), languageFeatures()),
    debug: options.debug ?? 0, submitMs: options.submitMs ?? 200,
    check() {
      if (disposed) throw new BregmanError("disposed", "webgpu: this device was disposed");
      faults.check();
    },
    own(buffer) {
      if ((buffer as Partial<WebGpuBuffer>).heap === heap) return buffer as WebGpuBuffer;
      throw new BregmanError("invalid-option", "webgpu: the buffer belongs to another device");
    },
  };
  const readBack = createReadBack(core);

  return {
    kind: "webgpu", gpu, software, counters,
    description: `webgpu on ${description}${software ? " (a software rasterizer)" : ""}`,
    byteLength: () => heap.byteLength(),
    allocate(size, dtype) {
      core.check();
      return makeBuffer(heap, size, dtype);
    },
    allocateHalves(size) {
      core.check();
      return makeBuffer(heap, size, "f32", true);
    },
    write(buffer, data, offset = 0) {
      core.check();
      const { block, byteOffset, size, dtype, halves } = core.own(buffer);
      checkRange("write", offset, data.length, size);
      if ((dtype === "f32") !== (data instanceof Float32Array)) {
        const wanted = dtype === "f32" ? "Float32Array" : "Int32Array";
        throw new BregmanError("invalid-dtype", `webgpu: a buffer of ${dtype} takes ${wanted}`);
      }
      if (halves) checkRange("write of float16", offset, size, data.length);
      const words = halves ? packHalves(data as Float32Array) : data;
      // The queue copies the data into staging memory of its own before this returns, and the GPU takes it from there
      // in its turn: what is submitted already goes on undisturbed, and nobody waits.
      gpu.queue.writeBuffer(block.page.buffer, byteOffset + 4 * offset, words as Float32Array<ArrayBuffer>);
    },
    async read(buffer, length = buffer.size) {
      core.check();
      const own = core.own(buffer);
      checkRange("read", 0, length, own.size);
      const [values] = await readBack.read([{ ...own, size: length }]);
      return values!;
    },
    async readAll(buffers) {
      core.check();
      return await readBack.read(buffers.map(core.own));
    },
    load(program, bindings = {}) {
      core.check();
      return loadProgram(core, program, bindings);
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      faults.stop();
      readBack.dispose();
      heap.dispose();
      if (owned) gpu.destroy();
    },
  };
}

function checkRange(what: string, offset: number, length: number, size: number): void {
  const whole = Number.isInteger(offset) && Number.isInteger(length);
  if (whole && offset >= 0 && length >= 0 && offset + length <= size) return;
  throw new BregmanError("invalid-shape",
    `webgpu: ${what} of ${length} elements at ${offset}, but the buffer has ${size}`);
}

/** Remembers a lost device and errors that no one caught, for the next call to throw. A page's own errors are not. */
function watchFaults(gpu: GPUDevice, owned: boolean): { check(): void; stop(): void } {
  let lost: string | undefined;
  let fault: string | undefined;
  const listener = (event: Event): void => {
    const { message } = (event as GPUUncapturedErrorEvent).error;
    if (!owned && !message.includes("bregman")) return;
    event.preventDefault();
    fault ??= message;
  };
  gpu.addEventListener("uncapturederror", listener);
  void gpu.lost.then(({ reason, message }) => { lost = message || reason || "no reason given"; });
  return {
    check() {
      if (lost !== undefined) throw new BregmanError("device-lost", `webgpu: the GPU device was lost: ${lost}`);
      if (fault === undefined) return;
      const message = fault;
      fault = undefined;
      throw new BregmanError("internal", `internal: the GPU refused a command: ${message}. Please report it.`);
    },
    stop: () => gpu.removeEventListener("uncapturederror", listener),
  };
}
