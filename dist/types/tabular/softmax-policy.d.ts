import type { Mdp, TabularPolicy } from "./mdp.js";
/** pi(a|s) ~ e^{theta(s, a)} [S, A] of logits. Throws `invalid-shape` unless there is a logit for each pair. */
export declare function softmaxPolicy({ states, actions }: Pick<Mdp, "states" | "actions">, logits: Float64Array): TabularPolicy;
