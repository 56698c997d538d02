import type { Mdp, TabularPolicy } from "./mdp.js";
/** What a signal or a schedule may ask for in iteration k. */
export interface IterationContext {
    readonly mdp: Mdp;
    readonly iteration: number;
    readonly policy: TabularPolicy;
    /** V [S] and Q [S, A] of the policy, with the regularizer's part. */
    readonly values: Float64Array;
    readonly q: Float64Array;
    /** Q of another policy. */
    evaluate(policy: TabularPolicy): Float64Array;
    /** Where the step goes with another signal. */
    propose(signal: Float64Array): TabularPolicy;
}
/** The linearization g [S, A] of the return at the policy. Made anew for each run: it may remember. */
export interface Signal {
    readonly id: string;
    of(context: IterationContext): Float64Array;
}
/** Q itself; the advantage moves the policy to the same place. */
export declare const actionValues: () => Signal;
/** Numbers that do not follow from the policy: a bandit's, a player's. */
export declare const givenSignal: (signal: Float64Array | ((iteration: number) => Float64Array), id?: string) => Signal;
/** Q_h = r + discount P T^{h-1} V (h-PMD, Protopapas and Barakat 2024); h = 1 is Q. */
export declare function lookahead(depth: number): Signal;
/** g + share (g - g of the iteration before): optimism at share 1, 2 g_k - g_{k-1}; lazy momentum in general. */
export declare function optimistic(signal: Signal, share?: number): Signal;
/** Q of the policy that a plain step proposes: the extragradient. */
export declare const extragradient: () => Signal;
/** The sum of all signals so far (Politex): with the uniform policy as only anchor it is mirror descent from there. */
export declare function cumulative(signal: Signal): Signal;
