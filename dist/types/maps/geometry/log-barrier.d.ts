import type { Geometry } from "./geometry.js";
/** h(p) = -sum_a log p: infinite at the border, so that no action is ever given up. B_h is Itakura and Saito's. */
export declare const logBarrier: Geometry;
