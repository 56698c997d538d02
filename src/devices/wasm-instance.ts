import mainModule from "../../dist/bregman.wasm";
import { BregmanError } from "../error.ts";
import { compileWasm, moduleFrom, type WasmSource } from "./wasm-source.ts";
import { largestPages, withSharedMemory } from "./wasm/shared-module.ts";

/** The main module's functions by their AssemblyScript names (`family_action`). Pointers and lengths are numbers. */
export type WasmExports = Record<string, (...args: number[]) => number>;

const pageBytes = 65536;
const alignment = 64;
/** Kernels read whole vectors: up to this many bytes past the last element may be touched (never written). */
const spareBytes = 64;

/** The main module with a memory of its own, and over one that threads share: each compiled once. */
const modules: { own?: Promise<WebAssembly.Module> | undefined; shared?: Promise<WebAssembly.Module> | undefined } = {};

/** The main module, compiled once. A page whose Content-Security-Policy forbids WASM gets an error that says so. */
export function wasmModule(): Promise<WebAssembly.Module> {
  return once("own", () => compileWasm(mainModule(), "bregman"));
}

/**
 * Hands in the WASM module, dist/bregman.wasm of the same version, instead of the copy that this entry carries:
 * compiled, as bytes, or as a URL or Response. To be called before anything else runs. Throws `invalid-state` when the
 * module is in use already, `invalid-option` when it is another, `wasm-unavailable` when it cannot be compiled,
 * `not-found` when it cannot be fetched; then the own copy serves.
 */
export async function provideWasm(source: WasmSource): Promise<void> {
  if (modules.own) {
    throw new BregmanError("invalid-state",
      "provideWasm: the WASM module is in use already; call provideWasm once, before anything else of bregman");
  }
  await once("own", () => moduleFrom(source, mainModule, "provideWasm"));
}

/** What fails is tried again by the next call. */
function once(key: keyof typeof modules, make: () => Promise<WebAssembly.Module>): Promise<WebAssembly.Module> {
  return modules[key] ??= make().catch((error: unknown) => {
    modules[key] = undefined;
    throw error;
  });
}

/**
 * One instance of the main module with its own linear memory, or with one that threads share. Memory is handed out
 * once, in a row, and lives as long as the instance; `allocate` may grow it, which detaches older views, so views are
 * taken after the last allocation.
 */
export class WasmInstance {
  readonly exports: WasmExports;
  readonly memory: WebAssembly.Memory;
  readonly table: WebAssembly.Table;
  readonly isShared: boolean;
  #top: number;

  /** `memory`: for a module that imports it. */
  constructor(module: WebAssembly.Module, memory?: WebAssembly.Memory) {
    const { exports } = instantiate(module, memory ? { env: { memory } } : {});
    this.isShared = memory !== undefined;
    this.exports = exports as unknown as WasmExports;
    this.memory = exports.memory as WebAssembly.Memory;
    this.table = exports.table as WebAssembly.Table;
    this.#top = align((exports.__heap_base as WebAssembly.Global).value as number);
  }

  /**
   * Reserves `byteLength` bytes, zeroed, aligned to 64, and returns the address. Throws `out-of-memory` where the
   * engine gives no more, and then reserves nothing.
   */
  allocate(byteLength: number): number {
    const address = this.#top;
    const top = align(address + byteLength + spareBytes);
    const missing = top - this.memory.buffer.byteLength;
    if (missing > 0) this.#grow(Math.ceil(missing / pageBytes), byteLength);
    this.#top = top;
    return address;
  }

  #grow(pages: number, wanted: number): void {
    try {
      this.memory.grow(pages);
    } catch {
      throw new BregmanError("out-of-memory",
        `${wanted} bytes are needed beside the ${this.#top} that are taken, and the engine has no more memory to give`);
    }
  }

  /** Bytes handed out so far. */
  get allocatedBytes(): number {
    return this.#top;
  }

  float32(address: number, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.memory.buffer as ArrayBuffer, address, length);
  }

  float64(address: number, length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.memory.buffer as ArrayBuffer, address, length);
  }

  int32(address: number, length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.memory.buffer as ArrayBuffer, address, length);
  }

  uint8(address: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.memory.buffer as ArrayBuffer, address, length);
  }
}

function instantiate(module: WebAssembly.Module, imports: WebAssembly.Imports): WebAssembly.Instance {
  try {
    return new WebAssembly.Instance(module, imports);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new BregmanError("out-of-memory",
      `the engine has no room for another instance (${cause.message}): let go of trainers and policies that are done`);
  }
}

/** A fresh instance of the main module. */
export async function createInstance(): Promise<WasmInstance> {
  return new WasmInstance(await wasmModule());
}

/** A fresh instance over a memory that workers can share, and its module. Throws where the engine gives none. */
export async function createSharedInstance(): Promise<{ instance: WasmInstance; module: WebAssembly.Module }> {
  const module = await once("shared", () => compileWasm(withSharedMemory(mainModule()), "bregman"));
  const memory = new WebAssembly.Memory({ initial: 1, maximum: largestPages, shared: true });
  return { instance: new WasmInstance(module, memory), module };
}

function align(address: number): number {
  return Math.ceil(address / alignment) * alignment;
}
