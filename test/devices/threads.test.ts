import { afterEach, describe, expect, it } from "vitest";
import mainModule from "../../dist/bregman.wasm";
import { pushInstruction, pushTogether } from "../../src/devices/machine-instructions.ts";
import { Crew } from "../../src/devices/wasm/crew.ts";
import { cutKernel } from "../../src/devices/wasm/cut-kernel.ts";
import { withSharedMemory } from "../../src/devices/wasm/shared-module.ts";
import { hardwareThreads, startHelper, type StartHelper } from "../../src/devices/wasm/start-helper.ts";
import { ThreadChoice } from "../../src/devices/wasm/thread-choice.ts";
import { createWasmDevice, type WasmDeviceOptions } from "../../src/devices/wasm/wasm-device.ts";
import { createTrainer, type TrainerOptions } from "../../src/index.ts";
import { sha256 } from "../../src/io/sha256.ts";
import { compile, type ProgramSource } from "../../src/program/compile.ts";
import {
  add, cast, div, gatherRows, grad, input, iota, matmul, mul, relu, softmax, sqrt, sub, sum, tanh, transpose,
} from "../../src/tensor/index.ts";

// A test page that is not cross-origin isolated has no shared memory; test/package/threads.test.ts has one that is.
const hasSharedMemory = globalThis.crossOriginIsolated !== false && typeof SharedArrayBuffer !== "undefined";
const shared = it.skipIf(!hasSharedMemory);

const open: { dispose(): void }[] = [];
const kept = <T extends { dispose(): void }>(each: T): T => {
  open.push(each);
  return each;
};
afterEach(() => {
  for (const each of open.splice(0)) each.dispose();
});

const device = async (options: WasmDeviceOptions) => kept(await createWasmDevice(options));

/** Numbers from -1 to 1 that look like noise. */
const noise = (length: number, salt: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => (Math.imul(i + 1, 0x9e3779b1 + 2 * salt) >>> 8) / 2 ** 23 - 1);

/** Large kernels of every kind, of sizes that no tile and no number of threads divides. */
function largeProgram(): ProgramSource {
  const [x, w, b, v] = [input("x", [211, 131]), input("w", [131, 99]), input("b", [99]), input("v", [99, 131])];
  const hidden = tanh(add(matmul(x, w), b));
  const loss = sum(mul(softmax(matmul(hidden, v)), x));
  const gradients = grad(loss, [w, b, v]);
  const batch = matmul(input("left", [3, 70, 61]), transpose(input("right", [3, 67, 61])));
  const gathered = gatherRows(input("table", [40, 2100]), input("rows", [301], "i32"));
  const places = mul(cast(iota([90_001], 0), "f32"), relu(input("vector", [90_001])));
  const [state, moment] = [input("state", [80_003]), input("moment", [80_003])];
  const next = add(mul(0.9, moment), mul(0.1, mul(state, state)));
  return {
    outputs: { loss, w1: gradients[0]!, b1: gradients[1]!, v1: gradients[2]!, batch, gathered, places },
    updates: [[moment, next], [state, sub(state, div(mul(0.01, state), add(sqrt(next), 1e-8)))]],
  };
}

/** Hashes of all that a program leaves, after three runs: whole ones and one in slices. */
async function hashesAfterRuns(threads: number): Promise<Record<string, string>> {
  const program = compile(largeProgram());
  const loaded = (await device({ threads })).loadNow(program);
  [...program.inputs.keys()].forEach((name, salt) => {
    const view = loaded.buffer(name).view();
    if (name === "rows") view.forEach((_, i) => { view[i] = (i * 7) % 40; });
    else view.set(noise(view.length, salt));
  });
  loaded.run(2);
  for (let step = 0; step < loaded.stepCount; step++) loaded.runSteps(step, step + 1);
  return Object.fromEntries([...program.inputs.keys(), ...program.outputs.keys()].map((name) => {
    const { buffer, byteOffset, byteLength } = loaded.buffer(name).view();
    return [name, sha256(new Uint8Array(buffer, byteOffset, byteLength))];
  }));
}

describe("the bits are those of one thread", () => {
  shared("for large kernels of every kind, whole and in slices", async () => {
    const one = await hashesAfterRuns(1);
    expect(new Set(Object.values(one)).size).toBe(Object.keys(one).length);
    for (const threads of [2, 3, 5]) expect(await hashesAfterRuns(threads)).toEqual(one);
  });

  shared("for matmuls whose right side has long rows: each thread packs panels in a place of its own", async () => {
    const [x, w] = [input("x", [420, 300]), input("w", [300, 600])];
    const y = matmul(x, w);
    const program = compile({ outputs: { y, g: grad(sum(mul(y, y)), [w])[0]! } });
    const hashes: string[] = [];
    for (const threads of [1, 2, 3]) {
      const loaded = (await device({ threads })).loadNow(program);
      [...program.inputs.keys()].forEach((name, salt) => {
        loaded.buffer(name).view().set(noise(loaded.buffer(name).size, salt));
      });
      for (let run = 0; run < 20; run++) {
        loaded.run();
        for (const name of program.outputs.keys()) {
          const { buffer, byteOffset, byteLength } = loaded.buffer(name).view();
          hashes.push(name + sha256(new Uint8Array(buffer, byteOffset, byteLength)));
        }
      }
    }
    expect(new Set(hashes).size).toBe(2);
  });

  const networks = { hidden: [96, 96] } as const;
  const replay = { horizon: 40, warmupSteps: 60, batchSize: 128, bufferSize: 500, networks };
  const runs: [string, string, TrainerOptions][] = [
    ["ppo", "Pendulum-v1", { envs: 8, steps: 1024, hyperparameters: { horizon: 64, minibatchSize: 256, networks } }],
    ["mdpo", "CartPole-v1", { envs: 8, steps: 1024, hyperparameters: { horizon: 64, networks } }],
    ["trpo", "Pendulum-v1", { envs: 8, steps: 1024, hyperparameters: { horizon: 64, networks } }],
    ["sac", "Pendulum-v1", { steps: 120, hyperparameters: replay }],
    ["mdpo-off-policy", "Pendulum-v1", { steps: 120, hyperparameters: replay }],
  ];
  shared.each(runs)("%s on %s with 1, 2 and 3 threads", async (algorithm, environment, options) => {
    const hashes: string[] = [];
    for (const threads of [1, 2, 3]) {
      const trainer = kept(await createTrainer(environment, { algorithm, device: "wasm", threads, ...options }));
      for await (const _ of trainer);
      hashes.push(trainer.stateHash());
      const number = threads === 1 ? "one thread" : `${threads} threads`;
      expect(trainer.device.description).toBe(`WebAssembly SIMD, ${number}`);
    }
    expect(hashes).toEqual([hashes[0], hashes[0], hashes[0]]);
  });

  it("large kernels are cut by what they write; sums over rows and small kernels stay whole", () => {
    const { kernels } = compile(largeProgram());
    const cuts = kernels.map((kernel) => ({ kernel, pieces: cutKernel(kernel, 3) }));
    const kindsCut = new Set(cuts.filter(({ pieces }) => pieces.length > 1).map(({ kernel }) => kernel.kind));
    expect(kindsCut).toEqual(new Set(["map", "gather-rows"]));
    for (const { kernel, pieces } of cuts) {
      if (kernel.kind !== "map") continue;
      if (kernel.reductions.some(({ from }) => from === 0)) expect(pieces).toEqual([kernel]);
      const elements = (map: typeof kernel): number => map.domain.reduce((product, length) => product * length, 1);
      const total = pieces.reduce((all, piece) => all + elements(piece as typeof kernel), 0);
      expect(total).toBe(elements(kernel));
    }
    const small = compile({ outputs: { y: tanh(matmul(input("x", [64, 64]), input("w", [64, 64]))) } });
    expect(small.kernels.map((kernel) => cutKernel(kernel, 3))).toEqual(small.kernels.map((kernel) => [kernel]));
  });

  it("long maps are several steps on one thread, with the bits of short ones", async () => {
    const device = await createWasmDevice();
    const [long, short] = [1 << 21, 1 << 10];
    const [steps, values] = [new Map<number, number>(), new Map<number, Float32Array>()];
    for (const size of [long, short]) {
      const loaded = await device.load(compile({ outputs: { y: tanh(mul(input("x", [size]), 3)) } }));
      device.write(loaded.buffer("x"), Float32Array.from({ length: size }, (_, i) => (i % short) / short));
      for (let step = 0; step < loaded.stepCount; step++) loaded.runSteps(step, step + 1);
      steps.set(size, loaded.stepCount);
      values.set(size, await device.read(loaded.buffer("y")) as Float32Array);
    }
    expect(steps.get(short)).toBe(1);
    expect(steps.get(long)).toBeGreaterThan(1);
    for (let at = 0; at < long; at += long / 8) {
      expect(values.get(long)!.subarray(at, at + short)).toEqual(values.get(short));
    }
    device.dispose();
  });
});

/** Words of the control block (assembly/crew.ts). */
const [readyWord, patienceWord, ticketWord] = [2, 5, 16];

/** A helper that is counted and never does anything. */
const absent: StartHelper = ({ memory, block }) => {
  Atomics.add(new Int32Array(memory.buffer, block), readyWord, 1);
  return () => {};
};

describe("helpers", () => {
  /** `count` transposes of 64 x 64 that threads may share, in a crew's memory. */
  function transposes({ instance }: Crew, count: number): { begin: number; end: number } {
    const [from, to] = [instance.allocate(64 * 64 * 4), instance.allocate(count * 64 * 64 * 4)];
    const words: number[] = [];
    pushTogether(words, Array.from({ length: count }, (_, i) => {
      const instruction: number[] = [];
      pushInstruction(instruction, "transpose", {
        rows: 64, columns: 64, a: from, aStride: 256, y: to + i * 64 * 64 * 4, yStride: 256,
      });
      return instruction;
    }));
    const begin = instance.allocate(words.length * 4);
    instance.int32(begin, words.length).set(words);
    return { begin, end: begin + words.length * 4 };
  }

  shared("take pieces when they are wanted, and none when not", async () => {
    const crew = kept(await Crew.gather(2));
    await crew.assemble();
    const { begin, end } = transposes(crew, 200);
    crew.takePart(false);
    crew.instance.exports.machine_repeat!(begin, end, 50);
    expect(crew.helped).toBe(0);
    crew.takePart(true);
    for (let round = 0; round < 10_000 && crew.helped === 0; round++) crew.instance.exports.machine_run!(begin, end);
    expect(crew.helped).toBeGreaterThan(0);
  });

  shared("that are never there leave all the work to the caller's thread", async () => {
    const there = await device({ threads: 2 });
    const alone = await device({ threads: 2, startHelper: absent });
    const source = { outputs: { y: tanh(matmul(input("x", [200, 100]), input("w", [100, 100]))) } };
    const results = [there, alone].map((each) => {
      const loaded = each.loadNow(compile(source));
      for (const name of ["x", "w"]) each.write(loaded.buffer(name), noise(loaded.buffer(name).size, 1));
      loaded.run();
      return loaded.buffer("y").view().slice();
    });
    expect(results[1]).toEqual(results[0]);
  });

  shared("that stop in the middle of their work end in device-lost, now and later", async () => {
    // A piece whose execution takes the other piece away and never finishes it, as a helper that was killed would.
    let block = 0;
    const crew = kept(await Crew.gather(1, (data, failed) => {
      ({ block } = data);
      return absent(data, failed);
    }));
    const control = crew.instance.int32(block, 64);
    control[patienceWord] = 1;
    const thief = new WebAssembly.Instance(new WebAssembly.Module(importedFunction), {
      m: { f: () => Atomics.sub(control, ticketWord, 1) },
    });
    const slot = crew.instance.table.grow(1);
    crew.instance.table.set(slot, thief.exports.f);
    const words: number[] = [];
    const call: number[] = [];
    pushInstruction(call, "call", { tableIndex: slot });
    pushTogether(words, [call, call]);
    const begin = crew.instance.allocate(64);
    crew.instance.int32(begin, words.length).set(words);
    crew.takePart(true);
    let thrown: unknown;
    try {
      crew.instance.exports.machine_run!(begin, begin + words.length * 4);
    } catch (trap) {
      thrown = crew.explain(trap);
    }
    expect(thrown).toMatchObject({ code: "device-lost", message: expect.stringContaining("threads: 1") });
    expect(() => crew.takePart(true)).toThrow(expect.objectContaining({ code: "device-lost" }));
  });

  shared("are ended by dispose, once", async () => {
    let ended = 0;
    const counted: StartHelper = (data, failed) => {
      const end = startHelper(data, failed);
      return () => {
        ended++;
        end();
      };
    };
    const made = await device({ threads: 3, startHelper: counted });
    expect(ended).toBe(0);
    made.dispose();
    made.dispose();
    expect(ended).toBe(2);
  });

  shared("of a trainer that cannot be made are ended", async () => {
    const hyperparameters = { bufferSize: 10 ** 12 };
    const made = createTrainer("Pendulum-v1", { algorithm: "sac", device: "wasm", threads: 2, hyperparameters });
    await expect(made).rejects.toMatchObject({ code: "out-of-memory" });
  });
});

/** (module (import "m" "f" (func)) (export "f" (func 0))) */
const importedFunction = Uint8Array.of(
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 7, 1, 1, 0x6d, 1, 0x66, 0, 0, 7, 5, 1, 1, 0x66, 0, 0,
);

describe("without helpers it is one thread, and says why", () => {
  const reason = hasSharedMemory ? /one thread \(no worker could be started: blocked\)/ : /one thread \(shared memory/;
  it.each<[string, StartHelper]>([
    ["a worker cannot be made", () => { throw new Error("blocked"); }],
    ["a worker fails", (_, failed) => { setTimeout(() => failed("blocked")); return () => {}; }],
  ])("when %s", async (_, start) => {
    const made = await device({ threads: 2, startHelper: start });
    expect(made.description).toMatch(reason);
    expect(made.instance.isShared).toBe(false);
    const loaded = made.loadNow(compile({ outputs: { y: add(input("x", [1]), 1) } }));
    loaded.run();
    expect([...loaded.buffer("y").view()]).toEqual([1]);
  });

  shared("when a worker fails after auto has begun without it", async () => {
    const failing: StartHelper = (_, failed) => {
      setTimeout(() => failed("blocked"));
      return () => {};
    };
    const made = await device({ threads: "auto", startHelper: failing });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(made.description).toMatch(hardwareThreads() > 1 ? reason : /one thread$/);
  });

  it("when small updates are left to auto", async () => {
    const trainer = kept(await createTrainer("CartPole-v1", { device: "wasm", threads: "auto", steps: 256 }));
    expect(trainer.device.description).toBe("WebAssembly SIMD, one thread");
    expect(trainer.summary().deviceReason).toBe("asked for");
  });
});

it.each([0, -1, 1.5, 65, NaN, "2", "many", null])("threads: %j is no number of threads", async (threads) => {
  const message = expect.stringMatching(/^threads: expected "auto" or .* from 1 to 64, got/);
  const refused = { code: "invalid-option", message };
  await expect(createWasmDevice({ threads: threads as number })).rejects.toMatchObject(refused);
  await expect(createTrainer("CartPole-v1", { threads: threads as number })).rejects.toMatchObject(refused);
});

describe("the choice by measuring", () => {
  /** Runs that take so long together and alone; of the last `count` ones, how many were shared. */
  function sharedRuns(choice: ThreadChoice, runs: number, together: number, alone: number): number {
    let count = 0;
    for (let run = 0; run < runs; run++) {
      if (choice.together) count++;
      choice.ran(choice.together ? together : alone);
    }
    return count;
  }

  it("keeps the faster way, and changes when the other becomes faster", () => {
    const choice = new ThreadChoice();
    sharedRuns(choice, 50, 2, 1);
    expect(sharedRuns(choice, 50, 2, 1)).toBe(0);
    sharedRuns(choice, 200, 1, 2);
    expect(sharedRuns(choice, 400, 1, 2)).toBeGreaterThan(390);
  });

  it("tries the slower way in less than one of a hundred runs", () => {
    const choice = new ThreadChoice();
    sharedRuns(choice, 2000, 2, 1);
    expect(sharedRuns(choice, 10_000, 2, 1)).toBeLessThan(100);
  });
});

it("the main module's memory becomes an import that is shared, and all else stays", async () => {
  const [before, after] = await Promise.all([mainModule(), withSharedMemory(mainModule())].map((each) => WebAssembly.compile(each)));
  expect(WebAssembly.Module.imports(after!)).toEqual([{ module: "env", name: "memory", kind: "memory" }]);
  expect(WebAssembly.Module.exports(after!)).toEqual(WebAssembly.Module.exports(before!));
});
