/**
 * For the step on probabilities: E_p[Q_h - Q] - (1/c) log E_p e^{c (Q_h - Q)}, p the policy of one state. A shift of
 * Q_h changes nothing; for small c it is -(c/2) Var_p(Q_h - Q). Throws `invalid-option` unless c is positive.
 */
export declare function directCriticLoss(policy: ArrayLike<number>, q: ArrayLike<number>, critic: ArrayLike<number>, c: number): number;
/**
 * For the step on logits: -(1/c) E_p[(1 - c D) log(1 - c D)] with D = A - A_h, the error of the advantages.
 * Throws `invalid-option` unless c is positive.
 */
export declare function softmaxCriticLoss(policy: ArrayLike<number>, q: ArrayLike<number>, critic: ArrayLike<number>, c: number): number;
/** eta c / (eta + c): the step of an actor whose critic is fitted with weight c. */
export declare const matchedStepSize: (stepSize: number, c: number) => number;
