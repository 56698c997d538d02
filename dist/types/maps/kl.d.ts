import type { MirrorMap } from "./mirror-map.js";
/** Negative Shannon entropy: MDPO's divergence (Tomar et al. 2022), new policy first. */
export declare const kl: MirrorMap;
/**
 * Old policy first, as in TRPO's constraint. Beyond the second order it differs from `kl`, and is no Bregman divergence
 * in its first argument's probabilities: as a penalty it has another solution.
 */
export declare const reverseKl: MirrorMap;
