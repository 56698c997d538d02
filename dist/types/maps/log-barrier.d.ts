import type { MirrorMap } from "./mirror-map.js";
/** h(p) = -sum_a log p, whose divergence is Itakura and Saito's: no action is ever given up. Discrete actions only. */
export declare const logBarrier: MirrorMap;
