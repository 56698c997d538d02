import { less, maximum, mean, mul, where } from "../tensor/index.ts";
import type { Objective } from "./objective.ts";
import { clippedSurrogate } from "./ppo.ts";

/**
 * PPO's surrogate with a second clip, maximized: where A < 0 it is max( min(r A, clip(r) A), c A ), so that a ratio
 * above c moves nothing. Ye et al. 2020 (Mastering Complex Control in MOBA Games with Deep Reinforcement Learning),
 * equation 5 by the count of libraries that cite it; c is `dualClip`.
 */
export const ppoDualClip: Objective = {
  id: "ppo-dual-clip",
  formula: "max mean(min(ratio * advantage, clip(ratio) * advantage)); where advantage < 0, at least dualClip times it",
  paper: "Ye et al., AAAI 2020",
  surrogate: (quantities) => {
    const { advantage, parameter } = quantities;
    const clipped = clippedSurrogate(quantities);
    return mean(where(less(advantage, 0), maximum(clipped, mul(parameter("dualClip"), advantage)), clipped));
  },
  clips: true,
};
