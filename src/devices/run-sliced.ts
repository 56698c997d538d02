import type { LoadedProgram } from "./device.ts";
import { Pace, type Work } from "./pace.ts";

/** About half a millisecond on one core. */
const multiplyAddsPerPiece = 10e6;
/** An element of a map costs a core about as much as this many multiply-adds. */
const multiplyAddsPerElement = 4;

/** How many runs of a program make a piece. */
const paces = new WeakMap<LoadedProgram, Pace>();

/**
 * Runs a program `times` times with pauses in between. On wasm a piece of work is as many whole runs as take about half
 * a millisecond, and single steps where one run is longer: as the program's work has it, or as measured where the
 * pauses tell. On a GPU it is one submit. The cuts change no bits.
 */
export function* runSliced(loaded: LoadedProgram, times: number, kind: "wasm" | "webgpu"): Work {
  if (kind === "webgpu") {
    loaded.run(times);
    yield undefined;
    return;
  }
  const { multiplyAdds, elements } = loaded.program.work;
  const cost = Math.max(1, multiplyAdds + multiplyAddsPerElement * elements);
  let pace = paces.get(loaded);
  if (!pace) paces.set(loaded, pace = new Pace(Math.max(1, Math.floor(multiplyAddsPerPiece / cost))));
  for (let done = 0; done < times;) {
    if (cost > 2 * multiplyAddsPerPiece || pace.isSlow) {
      pace.took(1, yield* steps(loaded, done === 0 ? 0 : loaded.repeatFrom));
      done++;
    } else {
      const runs = Math.min(pace.units, times - done);
      loaded.run(runs);
      pace.took(runs, yield undefined);
      done += runs;
    }
  }
}

/** One run from a step on, step by step; returns how long it took, where somebody measured. */
function* steps(loaded: LoadedProgram, first: number): Work<number | undefined> {
  let total: number | undefined;
  for (let step = first; step < loaded.stepCount; step++) {
    loaded.runSteps(step, step + 1);
    const milliseconds = yield undefined;
    if (milliseconds !== undefined) total = (total ?? 0) + milliseconds;
  }
  return total;
}
