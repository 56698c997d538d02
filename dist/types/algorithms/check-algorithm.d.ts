import type { Algorithm } from "./algorithm.js";
/** An object of the user's, before anything is built of it. Throws `invalid-option` that names what is amiss. */
export declare function checkAlgorithm(algorithm: Algorithm): void;
