import type { OnnxOptions } from "../../export-onnx.js";
import type { Policy } from "../../policy/policy.js";
/** The model of `exportOnnx`: the program with which the policy acts, traced and written as a graph of ONNX. */
export declare function policyModel(policy: Policy, options: OnnxOptions): Uint8Array<ArrayBuffer>;
