/**
 * Mirror descent in a class that is not closed under the step of each state: `groups` distributions, state s has that
 * of s modulo `groups`. The current occupancy weighs the step, p' = argmax E_{s ~ d_k}[<Q_k(s,.), p> - B(p, p_k) / t].
 */
export declare const groupedPolicyMirrorDescent: import("./exact-method.js").ExactMethod<{
    stepSize: number;
    groups: number;
}>;
