/**
 * Sequential halving: for each of `simulations` how many visits the action to visit has so far, when `considered`
 * actions begin. Of the actions with that many visits the best is taken.
 */
export declare function visitSchedule(considered: number, simulations: number): number[];
/** What a search knows of one state. */
export interface SearchResult {
    readonly prior: ArrayLike<number>;
    readonly visits: ArrayLike<number>;
    /** Mean value of each visited action; what stands for the others is not read. */
    readonly values: ArrayLike<number>;
    /** The critic's value of the state. */
    readonly stateValue: number;
}
/** v_mix = (v + N sum_visited p q / sum_visited p) / (1 + N), N all visits: it stands for actions without visits. */
export declare function mixedValue({ prior, visits, values, stateValue }: SearchResult): number;
/** Values with `mixedValue` where there was no visit. */
export declare function completedValues(result: SearchResult): Float64Array;
interface SearchScale {
    readonly visitOffset?: number;
    readonly scale?: number;
    readonly isRescaled?: boolean;
}
/** sigma(q) = (visitOffset + max visits) scale q, q the completed values, with `isRescaled` moved to [0, 1] first. */
export declare function searchLogits(result: SearchResult, { visitOffset, scale, isRescaled }?: SearchScale): Float64Array;
/**
 * pi' = softmax(log prior + sigma(q)): a mirror step from the prior, of size 1 on `searchLogits`, whose expected value
 * is at least the prior's.
 */
export declare function improvedPolicy(result: SearchResult, scale?: SearchScale): Float64Array;
export {};
