import type { LoadedProgram } from "./device.js";
import { type Work } from "./pace.js";
/**
 * Runs a program `times` times with pauses in between. On wasm a piece of work is as many whole runs as take about half
 * a millisecond, and single steps where one run is longer: as the program's work has it, or as measured where the
 * pauses tell. On a GPU it is one submit. The cuts change no bits.
 */
export declare function runSliced(loaded: LoadedProgram, times: number, kind: "wasm" | "webgpu"): Work;
