import { fileBeside } from "./file-beside.ts";
import type { Policy } from "./policy/policy.ts";

export interface OnnxOptions {
  /**
   * Draw the action instead of taking the most likely one. ONNX's own random numbers can be neither seeded nor
   * repeated everywhere, so the model gets a second input: `noise` [N, K] float32, independent numbers uniform in
   * (0, 1), such as `Math.random()` gives; K stands in the model. Default false.
   */
  readonly sampled?: boolean;
  /** For discrete actions: a further input `actionMask` [N, choices] int32, 1 = allowed. Default false. */
  readonly actionMask?: boolean;
}

/**
 * The policy as an ONNX model (opset 15) that needs nothing of this kit. Input: `observation` [N, size] float32, N
 * raw observations as a vector environment holds them: box elements; the number of a discrete one; one number a choice
 * or switch; dict and tuple flattened. Normalizer and one-hot are inside. Outputs:
 *
 *     action   [N, size]             what `policy.act` returns: float32 for box, inside of it, else int32
 *     logits   [N, sum of choices]   normalized log-probabilities: discrete and multi-* actions
 *     mean, logStd   [N, size]       of the Gaussian before it is squashed, scaled or clipped: box actions
 *
 * A deterministic policy has `action` alone. Throws `invalid-option` where the policy has no choices to mask, or is
 * none; `missing-dependency` where onnx.js does not lie beside this module.
 */
export async function exportOnnx(policy: Policy, options: OnnxOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { policyModel } = await fileBeside("onnx.js", "ONNX export", import("./io/onnx/policy-model.ts"));
  return policyModel(policy, options);
}
