import type { MatmulKernel } from "../../program/program.js";
import { type Dispatch } from "./dispatch.js";
import type { Epilogue } from "./epilogues.js";
/** `cpu`: the adapter computes on the CPU. */
export type AdapterKind = "gpu" | "cpu";
/** Launches of a matmul; with an epilogue where `takesEpilogue` says that it may have one. */
export declare function matmulDispatches(kernel: MatmulKernel, adapter: AdapterKind, epilogue?: Epilogue): Dispatch[];
/** A thread of the largest tile has too many elements for an epilogue to be repeated for each. */
export declare function takesEpilogue(kernel: MatmulKernel, adapter: AdapterKind): boolean;
