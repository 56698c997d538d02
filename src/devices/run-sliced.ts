import type { LoadedProgram } from "./device.ts";

/** Work between two chances to pause: about half a millisecond on one core. */
const multiplyAddsPerSlice = 10e6;
/** An element of a map costs a core about as much as this many multiply-adds. */
const multiplyAddsPerElement = 4;

/**
 * Runs a program `times` times with pauses in between, on wasm after about half a millisecond of work each: whole runs
 * while they are short, single steps where one run is long. On a GPU it is one submit. The cuts follow from the program
 * alone and change no bits.
 */
export function* runSliced(loaded: LoadedProgram, times: number, kind: "wasm" | "webgpu"): Generator<undefined, void> {
  const { multiplyAdds, elements } = loaded.program.work;
  const cost = Math.max(1, multiplyAdds + multiplyAddsPerElement * elements);
  if (kind === "webgpu") {
    loaded.run(times);
    yield;
  } else if (cost > 2 * multiplyAddsPerSlice) {
    for (let i = 0; i < times; i++) {
      for (let step = i === 0 ? 0 : loaded.repeatFrom; step < loaded.stepCount; step++) {
        loaded.runSteps(step, step + 1);
        yield;
      }
    }
  } else {
    const block = Math.max(1, Math.floor(multiplyAddsPerSlice / cost));
    for (let done = 0; done < times; done += block) {
      loaded.run(Math.min(block, times - done));
      yield;
    }
  }
}
