import { messageOf } from "../../error.ts";
import { builtin } from "../builtin.ts";

/** What a helper begins with. */
export interface HelperData {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Address of the control block (crew.ts). */
  readonly block: number;
  /** Address of its own place for panels (matmul-panels.ts): what is there by default belongs to the main thread. */
  readonly panel: number;
}

/** Starts a helper and returns what ends it at once. Throws, or calls `failed`, when it cannot be started. */
export type StartHelper = (data: HelperData, failed: (reason: string) => void) => () => void;

/**
 * What a helper does. The loop never comes back to the worker's event loop: programs that are loaded later lie in the
 * shared memory, as records [next, first index, count, length, bytes of a module of maps], and are linked from there.
 * After a growth by nothing, what other threads grew the memory by shows in its buffer, too.
 */
const help = `
const help = ({ module, memory, block, panel }) => {
  const link = { env: { memory } };
  const { table, machine_help, matmul_panel } = new WebAssembly.Instance(module, link).exports;
  matmul_panel.value = panel;
  Atomics.add(new Int32Array(memory.buffer, block), 2, 1);
  let record = block;
  while (machine_help(block, record) !== -1) {
    memory.grow(0);
    for (let next; next = new Uint32Array(memory.buffer, record, 1)[0]; record = next) {
      const [, first, count, length] = new Uint32Array(memory.buffer, next, 4);
      const bytes = new Uint8Array(memory.buffer, next + 16, length).slice();
      const maps = new WebAssembly.Instance(new WebAssembly.Module(bytes), link).exports;
      table.grow(first + count - table.length);
      for (let i = 0; i < count; i++) table.set(first + i, maps[i]);
    }
  }
};`;

/** What is used of `node:worker_threads`, which Deno and Bun have, too. */
interface NodeThreads {
  readonly Worker: new (url: URL, options: { workerData: HelperData }) => {
    on(event: "error", listener: (error: unknown) => void): void;
    unref(): void;
    terminate(): Promise<number>;
  };
}

export const startHelper: StartHelper = (data, failed) => {
  const threads = builtin<NodeThreads>("node:worker_threads");
  return threads ? startInNode(threads, data, failed) : startInPage(data, failed);
};

/** How many threads the machine runs at once. */
export function hardwareThreads(): number {
  const system = builtin<{ availableParallelism(): number }>("node:os");
  return system?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1;
}

/** Such a worker does not keep the process alive. */
function startInNode({ Worker }: NodeThreads, workerData: HelperData, failed: (reason: string) => void): () => void {
  const script = `import { workerData } from "node:worker_threads";${help}help(workerData);`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`), { workerData });
  worker.on("error", (error) => failed(messageOf(error)));
  worker.unref();
  return () => void worker.terminate();
}

function startInPage(data: HelperData, failed: (reason: string) => void): () => void {
  const script = `${help}onmessage = ({ data }) => { help(data); close(); };`;
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(url);
  worker.onerror = (event) => {
    event.preventDefault();
    failed(event.message || "the page does not allow workers from blob: addresses");
  };
  worker.postMessage(data);
  return () => {
    worker.terminate();
    URL.revokeObjectURL(url);
  };
}
