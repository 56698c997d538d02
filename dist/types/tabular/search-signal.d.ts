import type { Signal } from "./signals.js";
export interface SearchChoices {
    /** Visits of each state's root, and how many actions they begin with. */
    readonly simulations: number;
    readonly considered?: number;
    readonly seed?: number;
}
/**
 * What planning with Gumbel noise learns of each state (Danihelka, Guez, Schrittwieser, Silver 2022), as a signal for a
 * step of size 1: sigma(q) = (50 + most visits) 0.1 q, q completed and rescaled to [0, 1]. Every simulation takes an
 * action at the root, draws its next state and looks up the value there: r + discount V(s'). The actions considered are
 * the best by log prior + Gumbel noise; of them, by sequential halving, the best by that + sigma(mean value) is taken.
 * Throws `invalid-option` unless both counts are positive integers.
 */
export declare function gumbelSearch({ simulations, considered, seed }: SearchChoices): Signal;
