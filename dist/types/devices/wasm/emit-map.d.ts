import type { MapKernel } from "../../program/program.js";
import { FunctionWriter } from "./bytecode.js";
import { type AddressOf } from "./map-walk.js";
export declare function emitMap(map: MapKernel, addressOf: AddressOf): FunctionWriter;
