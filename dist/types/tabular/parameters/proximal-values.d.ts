import type { Mdp } from "../mdp.js";
/**
 * One gradient step on L(w) + |w - anchor|^2 / (2c), G = grad L: w - a (G + (w - anchor) / c). It is written as the
 * authors' code has it, (1 - a/c) w + (a/c) anchor - a G, which keeps the pull out of G and so out of what an optimizer
 * like Adam makes of G: there the two forms differ.
 */
export declare function proximalGradientStep(w: Float64Array, anchor: Float64Array, gradient: Float64Array, rate: number, strength: number): Float64Array;
export interface ProximalChoices {
    readonly rate: number;
    /** c; Infinity leaves the proximal term out. */
    readonly strength: number;
    /** Gradient steps between renewals of the target. */
    readonly innerSteps: number;
    readonly seed?: number;
}
/**
 * Q-learning on tables with a target table and the proximal term of DQN Pro (Asadi et al. 2022): every inner step
 * draws one next state for each pair and descends (Q - r - discount max target)^2 / 2 + |Q - target|^2 / (2c). Many
 * exact inner steps solve Q' = (T Q + Q / c) / (1 + 1/c), the proximal iteration, whose fixed point is Q* for every c.
 */
export declare class ProximalQLearning {
    #private;
    /** Throws `invalid-option`. */
    constructor(mdp: Mdp, choices: ProximalChoices);
    get q(): Float64Array;
    /** One target's worth of inner steps. */
    step(): void;
}
