import type { IndexKernel } from "../../program/program.js";
import { type Dispatch } from "./dispatch.js";
export declare function indexDispatch(kernel: IndexKernel): Dispatch;
