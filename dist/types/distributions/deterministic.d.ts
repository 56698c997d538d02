import type { Tensor } from "../tensor/index.js";
import type { Distribution, PolicyHead } from "./distribution.js";
import { type Exploration } from "./exploration.js";
/**
 * The policy that gives one action, tanh(u), in units of the half box; a sample adds Gaussian noise and stays inside of
 * [-1, 1] (Lillicrap et al. 2016, Fujimoto et al. 2018). It has no density: `logProb`, `entropy` and `kl` throw
 * `invalid-option`.
 */
export declare function deterministic(u: Tensor, explorationNoise: number): Distribution;
export interface DeterministicHeadOptions {
    readonly actionSize: number;
    /** Bounds of the box, one for all or one per element; finite. */
    readonly low: number | ArrayLike<number>;
    readonly high: number | ArrayLike<number>;
    /** Deviation of the noise, in units of the half box. */
    readonly explorationNoise: number;
    /** Autoregressive noise keeps that deviation: the Ornstein-Uhlenbeck process of DDPG. */
    readonly exploration?: Exploration | undefined;
}
/** Throws `invalid-space` for bounds that are not finite, `invalid-option` for state-dependent noise. */
export declare function deterministicHead(options: DeterministicHeadOptions): PolicyHead;
