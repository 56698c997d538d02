import type { MapKernel } from "../../program/program.js";
import type { AdapterTraits } from "./adapter-traits.js";
import { type Dispatch, type DispatchOperand } from "./dispatch.js";
import type { Epilogue } from "./epilogues.js";
export declare function mapDispatches(kernel: MapKernel, adapter: AdapterTraits): Dispatch[];
export interface Printed {
    readonly body: readonly string[];
    readonly operands: readonly DispatchOperand[];
    readonly count: number;
}
/** What a matmul does to its element number `i`, `value`: the body and the operands of its epilogue. */
export declare function printEpilogue({ map, load }: Epilogue): Printed;
/**
 * Where a strided view keeps the row-major element number `element` of `domain`. Neighbouring axes that the view walks
 * contiguously count as one, so a contiguous view's address is the number itself.
 */
export declare function address(domain: readonly number[], strides: readonly number[], element: string): string;
