import type { Program } from "../../program/program.js";
import type { DeviceBuffer } from "../device.js";
import { type WebGpuCore, type WebGpuProgram } from "./core.js";
type Bindings = Readonly<Record<string, DeviceBuffer>>;
export declare function loadProgram(core: WebGpuCore, program: Program, given: Bindings): Promise<WebGpuProgram>;
export {};
