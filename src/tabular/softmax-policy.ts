import { BregmanError } from "../error.ts";
import { softmax } from "../maps/geometry/negative-entropy.ts";
import type { Mdp, TabularPolicy } from "./mdp.ts";

/** pi(a|s) ~ e^{theta(s, a)} [S, A] of logits. Throws `invalid-shape` unless there is a logit for each pair. */
export function softmaxPolicy(
  { states, actions }: Pick<Mdp, "states" | "actions">, logits: Float64Array,
): TabularPolicy {
  if (logits.length !== states * actions) {
    throw new BregmanError("invalid-shape", `parameters: expected ${states * actions} logits, got ${logits.length}`);
  }
  const policy = new Float64Array(logits.length);
  for (let at = 0; at < policy.length; at += actions) policy.set(softmax(logits.subarray(at, at + actions)), at);
  return policy;
}
