import type { StateSolver } from "../policy-mirror-descent.js";
/**
 * The flow d log pi / ds = Q_tau - tau log pi + c, for a frozen Q solved exactly over a time t:
 * log pi_t = e^{-tau t} log pi_0 + (1 - e^{-tau t}) Q / tau + c. Soft MDPO is its explicit Euler step, GPMD its
 * implicit.
 */
export declare const exponentialSolver: StateSolver;
/** Throws `invalid-option` at temperature 0, where the flow is plain mirror descent. */
export declare const fisherRaoFlow: import("./exact-method.js").ExactMethod<{
    stepSize: number;
    temperature: number;
}>;
