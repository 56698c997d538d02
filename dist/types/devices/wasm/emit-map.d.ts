import type { MapKernel, View } from "../../program/program.js";
import { FunctionWriter } from "./bytecode.js";
/** Where a view begins, in bytes. */
export type AddressOf = (view: View) => number;
export declare function emitMap(map: MapKernel, addressOf: AddressOf): FunctionWriter;
