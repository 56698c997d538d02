import type { MatmulKernel } from "../../program/program.js";
import type { AdapterTraits } from "./adapter-traits.js";
import { type Dispatch } from "./dispatch.js";
import type { Epilogue } from "./epilogues.js";
/** Launches of a matmul; with an epilogue where `takesEpilogue` says that it may have one. */
export declare function matmulDispatches(kernel: MatmulKernel, adapter: AdapterTraits, epilogue?: Epilogue): Dispatch[];
/** A thread of the largest tile has too many elements for an epilogue to be repeated for each. */
export declare function takesEpilogue(kernel: MatmulKernel, adapter: AdapterTraits): boolean;
