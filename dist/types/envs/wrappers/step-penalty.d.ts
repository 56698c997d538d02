import type { OwnEnvironment } from "../environment.js";
import type { Wrapped } from "./wrap.js";
/**
 * reward - perStep. Where the only reward waits at a goal, every way there is worth the same; with a small price on
 * each step (the goal's reward over the length of an episode, say) short ways are better, and standing still is worst.
 */
export declare function stepPenalty<Own extends OwnEnvironment>(environment: Own, perStep: number): Wrapped<Own>;
