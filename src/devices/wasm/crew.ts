import { BregmanError } from "../../error.ts";
import { createSharedInstance, type WasmInstance } from "../wasm-instance.ts";
import { startHelper, type StartHelper } from "./start-helper.ts";

/** Words of the control block where threads meet; assembly/crew.ts has the rest of it. */
const Control = { firstRecord: 0, newest: 1, ready: 2, patience: 5, lost: 6, helped: 33 } as const;
const controlBytes = 256;
const recordBytes = 16;
/** Room for a panel of assembly/kernels/matmul-panels.ts. */
const panelBytes = 8192;

/** In units of 2^20 looks at a word, about a millisecond each: half a minute. */
const defaultPatience = 32768;
const longestStartMs = 5000;

/**
 * The threads of a device beside the caller's: workers over the same memory that compute pieces of instructions.
 * They sleep while there is nothing to do, and do not keep a process alive.
 */
export class Crew {
  readonly helpers: number;
  readonly instance: WasmInstance;
  readonly #block: number;
  /** The control block; a shared memory that grows keeps its views. */
  readonly #control: Int32Array;
  readonly #ends: (() => void)[] = [];
  /** Where the address of the next module of maps goes. */
  #lastRecord: number;
  #disposed = false;

  /** Why a worker could not be started, or ended. */
  failure: string | undefined;

  private constructor(instance: WasmInstance, module: WebAssembly.Module, helpers: number, start: StartHelper) {
    this.instance = instance;
    this.helpers = helpers;
    this.#block = instance.allocate(controlBytes);
    this.#control = instance.int32(this.#block, controlBytes / 4);
    this.#lastRecord = this.#block;
    this.#control[Control.newest] = this.#block;
    this.#control[Control.patience] = defaultPatience;
    try {
      while (this.#ends.length < helpers) {
        const panel = instance.allocate(panelBytes);
        const data = { module, memory: instance.memory, block: this.#block, panel };
        this.#ends.push(start(data, (reason) => {
          this.failure ??= reason;
        }));
      }
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** Starts `helpers` workers; they take part as soon as they are there. Throws an error that says why it cannot. */
  static async gather(helpers: number, start: StartHelper = startHelper): Promise<Crew> {
    const { instance, module } = await createSharedInstance();
    return new Crew(instance, module, helpers, start);
  }

  /** Resolves when all helpers are there. Throws an error that says why, and ends all, when one is not. */
  async assemble(): Promise<void> {
    const began = performance.now();
    while (!this.isThere) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (performance.now() - began > longestStartMs) this.failure ??= `not there after ${longestStartMs / 1000} s`;
      if (this.failure === undefined) continue;
      this.dispose();
      throw new Error(this.failure);
    }
  }

  /** Says whether helpers take part in what runs from now on. Throws `device-lost` once one of them was lost. */
  takePart(wanted: boolean): void {
    if (this.#isLost) throw lostError();
    this.instance.exports.machine_crew!(this.#block, wanted ? this.helpers : 0);
  }

  /** Whether all helpers have come. */
  get isThere(): boolean {
    return Atomics.load(this.#control, Control.ready) >= this.helpers;
  }

  /** Pieces that helpers have finished so far. */
  get helped(): number {
    return Atomics.load(this.#control, Control.helped);
  }

  /** What to throw for a trap: a helper that was lost in the middle of its work is no fault in the program. */
  explain(trap: unknown): unknown {
    return this.#isLost ? lostError() : trap;
  }

  /** The functions of a module of maps, which the caller has in its table from `first` on, in the tables of helpers. */
  link(bytes: Uint8Array, first: number, count: number): void {
    const { instance } = this;
    const record = instance.allocate(recordBytes + bytes.length);
    instance.uint8(record + recordBytes, bytes.length).set(bytes);
    instance.int32(record, 4).set([0, first, count, bytes.length]);
    instance.int32(this.#lastRecord, 1)[0] = record;
    this.#lastRecord = record;
    this.#announce(record);
  }

  /** Ends the workers. Safe twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#announce(-1);
    for (const end of this.#ends) end();
  }

  get #isLost(): boolean {
    return this.#control[Control.lost] === 1;
  }

  #announce(newest: number): void {
    Atomics.store(this.#control, Control.newest, newest);
    this.instance.exports.machine_crew!(this.#block, 0);
    this.instance.exports.machine_call_helpers!();
  }
}

function lostError(): BregmanError {
  return new BregmanError("device-lost",
    "device-lost: a thread stopped in the middle of a run, so what the run wrote is incomplete; " +
    "make a new trainer or device, from the last checkpoint where there is one, perhaps with threads: 1");
}
