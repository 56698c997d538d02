import type { MapKernel } from "../../program/program.js";
import { type Dispatch } from "./dispatch.js";
export declare function mapDispatches(kernel: MapKernel): Dispatch[];
/**
 * Where a strided view keeps the row-major element number `element` of `domain`. Neighbouring axes that the view walks
 * contiguously count as one, so a contiguous view's address is the number itself.
 */
export declare function address(domain: readonly number[], strides: readonly number[], element: string): string;
