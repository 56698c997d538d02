import type { Geometry } from "../../maps/geometry/geometry.js";
import { type Game, type Profile } from "./game.js";
/** The choices of self-play; every player takes the same kind of step in each information set. */
export interface SelfPlayChoices {
    readonly geometry?: Geometry;
    /** eta_k: the old policy weighs 1/eta_k. */
    readonly stepSize: number | ((iteration: number) => number);
    /** alpha_k, the weight of the magnet, constant or by iteration; 0 without one: plain ascent-descent. */
    readonly magnetWeight?: number | ((iteration: number) => number);
    /** The magnet at first: uniform where it is left out. */
    readonly magnet?: Profile;
    /** Every so many iterations the magnet becomes the current profile; never where it is left out. */
    readonly renewMagnetEvery?: number;
    /** Values hold what the magnet costs at later information sets, alpha B_h(p, magnet), as in MTPO. */
    readonly isSoft?: boolean;
    /** 2 g_k - g_{k-1} instead of g_k. */
    readonly isOptimistic?: boolean;
    /** The second player answers the first one's new policy, instead of moving at once. */
    readonly isAlternating?: boolean;
}
/**
 * Mirror descent of both players against each other, with a magnet (Sokota et al. 2023, MMD):
 *
 *     p' = argmax <q, p> - 1/eta B_h(p, p_k) - alpha B_h(p, magnet)
 *
 * With a fixed uniform magnet and negative entropy the profile goes to the quantal response equilibrium of temperature
 * alpha; with alpha_k and eta_k falling, or a magnet that is renewed, to a Nash equilibrium.
 */
export declare class SelfPlay {
    #private;
    readonly game: Game;
    constructor(game: Game, choices: SelfPlayChoices, first?: Profile);
    get iteration(): number;
    get profile(): Profile;
    step(): void;
}
