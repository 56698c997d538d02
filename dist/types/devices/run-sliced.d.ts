import type { LoadedProgram } from "./device.js";
/**
 * Runs a program `times` times with pauses in between, on wasm after about half a millisecond of work each: whole runs
 * while they are short, single steps where one run is long. On a GPU it is one submit. The cuts follow from the program
 * alone and change no bits.
 */
export declare function runSliced(loaded: LoadedProgram, times: number, kind: "wasm" | "webgpu"): Generator<undefined, void>;
