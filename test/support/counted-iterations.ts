import { expect, it, vi } from "vitest";
import type { WasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { createTrainer, type Trainer } from "../../src/index.ts";
import { countedOptions, tasks } from "./counted-training.ts";

// What an iteration costs on wasm, in all that can be counted. A change that moves a number is a regression, or a gain
// to be written down here. The kinds of actions are counted in files of their own: a page has room for so many
// trainers.

interface Row {
  /** How often each update program runs. */
  readonly runs: readonly number[];
  /** From JavaScript into WASM, where the environment is stepped there and where it is not. */
  readonly calls: Readonly<Record<"builtin" | "own", number>>;
  /** Of the metrics: nothing else is copied. */
  readonly bytesRead: number;
  /** Of each update program, by the kind of actions. */
  readonly continuous?: Programs;
  readonly discrete?: Programs;
}

interface Programs {
  readonly kernels: readonly number[];
  readonly instructions: readonly number[];
}

const mdpo: Row = {
  runs: [5, 8], calls: { builtin: 9, own: 25 }, bytesRead: 32,
  continuous: { kernels: [17, 16], instructions: [17, 16] }, discrete: { kernels: [24, 16], instructions: [25, 16] },
};
/** One kernel fewer where actions are discrete: these objectives need no sum over the actions' logarithms. */
const logRatios: Row = { ...mdpo, discrete: { kernels: [23, 16], instructions: [24, 16] } };
const ppo: Row = {
  runs: [8], calls: { builtin: 8, own: 24 }, bytesRead: 32,
  continuous: { kernels: [35], instructions: [35] }, discrete: { kernels: [41], instructions: [42] },
};
/** One metric more, the clip fraction, in the kernels that are there. */
const clipped: Row = { ...ppo, bytesRead: 36 };
/** Two or three kernels more, for the mean over the samples that are kept. */
const dropping: Row = {
  ...ppo,
  continuous: { kernels: [37], instructions: [37] }, discrete: { kernels: [44], instructions: [45] },
};

const sac: Row = {
  runs: [64], calls: { builtin: 160, own: 144 }, bytesRead: 28,
  continuous: { kernels: [56], instructions: [59] }, discrete: { kernels: [45], instructions: [48] },
};

export const rows: Readonly<Record<string, Row>> = {
  mdpo,
  "mdpo-off-policy": {
    runs: [64], calls: { builtin: 168, own: 152 }, bytesRead: 28,
    continuous: { kernels: [56], instructions: [58] }, discrete: { kernels: [50], instructions: [53] },
  },
  ppo: clipped,
  trpo: {
    runs: [1, 10, 1, 10, 8], calls: { builtin: 13, own: 29 }, bytesRead: 32,
    continuous: { kernels: [14, 23, 19, 14, 16], instructions: [14, 23, 19, 14, 16] },
    discrete: { kernels: [21, 29, 23, 17, 16], instructions: [22, 32, 26, 17, 16] },
  },
  npg: {
    runs: [1, 10, 1, 8], calls: { builtin: 12, own: 28 }, bytesRead: 32,
    continuous: { kernels: [14, 23, 1, 16], instructions: [14, 23, 1, 16] },
    discrete: { kernels: [21, 29, 1, 16], instructions: [22, 32, 1, 16] },
  },
  a2c: {
    runs: [5], calls: { builtin: 6, own: 22 }, bytesRead: 32,
    continuous: { kernels: [21], instructions: [21] }, discrete: { kernels: [28], instructions: [29] },
  },
  reinforce: mdpo,
  "reinforce-without-baseline": {
    runs: [5], calls: { builtin: 6, own: 22 }, bytesRead: 32,
    continuous: { kernels: [17], instructions: [17] }, discrete: { kernels: [24], instructions: [25] },
  },
  sac,
  td3: {
    runs: [32, 32], calls: { builtin: 160, own: 144 }, bytesRead: 20,
    continuous: { kernels: [35, 47], instructions: [35, 48] },
  },
  ddpg: {
    runs: [64], calls: { builtin: 160, own: 144 }, bytesRead: 20,
    continuous: { kernels: [38], instructions: [39] },
  },
  "mdpo-tsallis": mdpo,
  "mdpo-euclidean": logRatios,
  smdpo: mdpo,
  "online-mirror-descent": logRatios,
  "magnetic-mirror-descent": {
    runs: [5, 1, 8], calls: { builtin: 10, own: 26 }, bytesRead: 32,
    continuous: { kernels: [19, 1, 16], instructions: [19, 1, 16] },
    discrete: { kernels: [26, 1, 16], instructions: [27, 1, 16] },
  },
  warp: {
    runs: [5, 8], calls: { builtin: 9, own: 25 }, bytesRead: 32,
    continuous: { kernels: [19, 16], instructions: [19, 16] }, discrete: { kernels: [25, 16], instructions: [26, 16] },
  },
  "v-mpo": {
    runs: [5, 8], calls: { builtin: 9, own: 25 }, bytesRead: 32,
    continuous: { kernels: [23, 16], instructions: [23, 16] }, discrete: { kernels: [27, 16], instructions: [28, 16] },
  },
  "clipped-maximum-a-posteriori": {
    ...mdpo,
    continuous: { kernels: [19, 16], instructions: [19, 16] }, discrete: { kernels: [26, 16], instructions: [27, 16] },
  },
  "kl-ppo": ppo,
  "kl-ppo-adaptive": {
    runs: [8, 1], calls: { builtin: 9, own: 25 }, bytesRead: 32,
    continuous: { kernels: [35, 5], instructions: [35, 5] }, discrete: { kernels: [41, 9], instructions: [42, 9] },
  },
  "ppo-dual-clip": clipped,
  spo: ppo,
  bpo: {
    runs: [8], calls: { builtin: 8, own: 24 }, bytesRead: 32,
    continuous: { kernels: [34], instructions: [34] }, discrete: { kernels: [42], instructions: [43] },
  },
  "discovered-policy-optimization": ppo,
  fixpo: {
    runs: [8, 1], calls: { builtin: 9, own: 25 }, bytesRead: 32,
    continuous: { kernels: [35, 13], instructions: [35, 13] }, discrete: { kernels: [42, 18], instructions: [43, 19] },
  },
  espo: ppo,
  "ppo-sample-dropout": dropping,
  "espo-sample-dropout": dropping,
  "preconditioned-ppo": ppo,
  "ppo-ewma": {
    ...ppo,
    continuous: { kernels: [37], instructions: [37] }, discrete: { kernels: [43], instructions: [44] },
  },
  /** One call more, to the estimator, and what the second head's loss takes. */
  eapo: {
    ...clipped, calls: { builtin: 9, own: 25 },
    continuous: { kernels: [37], instructions: [38] }, discrete: { kernels: [41], instructions: [43] },
  },
  mdac: sac,
  ampo: {
    runs: [64], calls: { builtin: 168, own: 152 }, bytesRead: 28, discrete: { kernels: [50], instructions: [53] },
  },
  "dual-approximation-policy-optimization": {
    runs: [64], calls: { builtin: 168, own: 152 }, bytesRead: 28, discrete: { kernels: [52], instructions: [55] },
  },
  "greedy-actor-critic": {
    runs: [64], calls: { builtin: 160, own: 144 }, bytesRead: 28,
    continuous: { kernels: [70], instructions: [73] }, discrete: { kernels: [50], instructions: [54] },
  },
};

/** Bytes handed out, bytes of the memory, and functions that programs put into the machine's table. */
export function sizesOf(trainer: Trainer): Record<string, number> {
  const { allocatedBytes, memory, table } = (trainer.device as WasmDevice).instance;
  return { allocatedBytes, memoryBytes: memory.buffer.byteLength, functions: table.length };
}

/** What iterations add to that once all is loaded. */
const nothing = { allocatedBytes: 0, memoryBytes: 0, functions: 0 };

/** Counts what every call of the result, an iteration, does. */
function counting(trainer: Trainer) {
  const { instance } = trainer.device as WasmDevice;
  const read = vi.spyOn(trainer.device, "read");
  const runs = trainer.programs.map((program) => vi.spyOn(program, "run"));
  let calls = 0;
  const counted = Object.entries(instance.exports).map(([name, value]) => [
    name, typeof value === "function" ? (...words: number[]) => (calls++, value(...words)) : value,
  ]);
  Object.assign(instance, { exports: Object.fromEntries(counted) });

  return async () => {
    const before = sizesOf(trainer);
    for (const spy of [read, ...runs]) spy.mockClear();
    calls = 0;
    await trainer.update();
    const after = sizesOf(trainer);
    const copies = await Promise.all(read.mock.results.map(({ value }) => value as ReturnType<typeof read>));
    return {
      runs: runs.map(({ mock }) => mock.calls.reduce((sum, [times = 1]) => sum + times, 0)),
      calls,
      bytesRead: copies.reduce((sum, { byteLength }) => sum + byteLength, 0),
      kernels: trainer.programs.map(({ program }) => program.kernels.length),
      instructions: trainer.programs.map(({ stepCount }) => stepCount),
      added: Object.fromEntries(Object.entries(after).map(([name, size]) => [name, size - before[name]!])),
    };
  };
}

const cases = Object.entries(rows).flatMap(([algorithm, { runs, calls, bytesRead, ...kinds }]) =>
  (["continuous", "discrete"] as const).flatMap((kind) => (["builtin", "own"] as const).flatMap((place) => {
    const programs = kinds[kind];
    const expected = { runs, calls: calls[place], bytesRead, ...programs, added: nothing };
    return programs ? [[algorithm, kind, place, expected] as const] : [];
  })));

/** The cases of one kind of actions, as tests. */
export function countIterations(kind: "continuous" | "discrete"): void {
  it.each(cases.filter((each) => each[1] === kind))(
    "%s, %s actions, %s environment: an iteration has the counts of its row and takes no memory",
    async (algorithm, _, place, expected) => {
      const trainer = await createTrainer(tasks[kind][place], { ...countedOptions, algorithm, device: "wasm" });
      await trainer.update();
      const countedUpdate = counting(trainer);
      for (let iteration = 2; iteration <= 5; iteration++) {
        expect(await countedUpdate(), `iteration ${iteration}`).toEqual(expected);
      }
      trainer.dispose();
    });
}
