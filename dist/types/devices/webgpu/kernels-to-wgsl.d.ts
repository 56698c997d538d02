import type { IndexKernel, MatmulKernel } from "../../program/program.js";
import type { Dispatch } from "./dispatch.js";
export declare function matmulDispatch(kernel: MatmulKernel): Dispatch;
export declare function indexDispatch(kernel: IndexKernel): Dispatch;
