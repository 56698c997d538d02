import type { WasmInstance } from "../devices/wasm-instance.js";
/** The address of an array in the instance's memory: float32 [T, N], time-major, unless said otherwise. */
export type Address = number;
/** What every estimator reads. `steps` is T, `columns` is N (copies). */
export interface Trajectories {
    readonly steps: number;
    readonly columns: number;
    readonly rewards: Address;
    /**
     * V of the observation that each step led to: of the FINAL observation where an episode ended there. It is not read
     * where `terminated` is set.
     */
    readonly nextValues: Address;
    /** u8 [T, N]: the task ended; nothing comes after. */
    readonly terminated: Address;
    /** u8 [T, N]: the episode was cut; its final observation still has a value. */
    readonly truncated: Address;
}
/**
 * Generalized advantage estimation (Schulman et al. 2016, equation 16), termination and truncation apart:
 *
 *     delta_t = r_t + discount (1 - terminated_t) V(next_t) - V(s_t)
 *     A_t     = delta_t + discount lambda (1 - terminated_t)(1 - truncated_t) A_{t+1}
 *     return_t = A_t + V(s_t)
 *
 * `values` is V(s_t); `advantages` and `returns` are written. discount and lambda lie in [0, 1].
 */
export declare function gae(instance: WasmInstance, { steps, columns, rewards, nextValues, terminated, truncated, values, advantages, returns }: Trajectories & {
    values: Address;
    advantages: Address;
    returns: Address;
}, discount: number, lambda: number): void;
/**
 * TD(lambda) targets: G_t = r_t + discount [ (1 - lambda) V(next_t) + lambda G_{t+1} ]; nothing in the brackets where
 * terminated, V(next_t) alone where truncated and in the last row.
 */
export declare function lambdaReturns(instance: WasmInstance, { steps, columns, rewards, nextValues, terminated, truncated, targets }: Trajectories & {
    targets: Address;
}, discount: number, lambda: number): void;
/** Discounted returns: TD(1). The sum of discounted rewards to the end of the episode, with V where it was cut. */
export declare function discountedReturns(instance: WasmInstance, trajectories: Trajectories & {
    targets: Address;
}, discount: number): void;
/** n-step returns: the next n discounted rewards, then V; fewer where the episode or the batch ends before. */
export declare function nStepReturns(instance: WasmInstance, { steps, columns, rewards, nextValues, terminated, truncated, targets }: Trajectories & {
    targets: Address;
}, discount: number, n: number): void;
