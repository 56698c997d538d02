/** h-PMD: Q after h - 1 steps of value iteration, with the step that makes the gap shrink by discount^h. At a constant
 * step, lookahead did not help on any of the small processes tried. */
export declare const lookaheadPolicyMirrorDescent: import("./exact-method.js").ExactMethod<{
    depth: number;
}>;
