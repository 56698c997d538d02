import type { Objective } from "./objective.js";
/**
 * PPO's surrogate with a second clip, maximized: where A < 0 it is max( min(r A, clip(r) A), c A ), so that a ratio
 * above c moves nothing. Ye et al. 2020 (Mastering Complex Control in MOBA Games with Deep Reinforcement Learning),
 * equation 5 by the count of libraries that cite it; c is `dualClip`.
 */
export declare const ppoDualClip: Objective;
