import type { OnPolicyAlgorithm } from "./algorithm.js";
/** Proximal policy optimization: epochs of minibatch steps on the clipped surrogate, actor and critic together. */
export declare const ppo: OnPolicyAlgorithm;
