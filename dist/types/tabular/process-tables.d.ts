import type { Mdp, TabularPolicy } from "./mdp.js";
type Transitions = Pick<Mdp, "states" | "actions" | "transitions">;
/**
 * The tables of one process in WASM memory, where float64 kernels pass over them: P, the transitions M of the states
 * under the policy set last, and room to solve with I - discount M.
 */
declare class ProcessTables {
    #private;
    constructor(mdp: Transitions);
    /** M = sum_a pi(a|s) P(.|s, a), and the discount, for what follows. */
    setPolicy(policy: TabularPolicy, discount: number): void;
    /** P v [S, A]: what v is expected to be after each action. The kernel's memory: copy it to keep it. */
    expect(v: Float64Array): Float64Array;
    /** out = (I - discount M) v. */
    readonly apply: (v: Float64Array, out: Float64Array) => void;
    /**
     * x of (I - discount M) x = b, or with the transposed of that matrix. "relative": column 0 is all ones instead, so
     * that x_0 is what the differences of the others leave over. Throws `numerical-failure` for a singular matrix.
     */
    solve(right: Float64Array, form?: "plain" | "transposed" | "relative"): Float64Array;
}
/**
 * The tables of a process, made when they are first asked for and kept as long as its transitions are: processes that
 * differ in rewards or discount alone share them.
 */
export declare function tablesOf(mdp: Transitions): ProcessTables;
export {};
