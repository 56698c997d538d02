import type { MirrorMap } from "./mirror-map.js";
/** h = ||p||^2 / 2: half of Tsallis' divergence of index 2, projected gradient ascent on the probabilities. */
export declare const euclidean: MirrorMap;
