/** Gumbel MuZero's policy target on tables: pi_{k+1} ~ pi_k e^{sigma(q)}, q the completed values of a search. */
export declare const gumbelPolicyImprovement: import("./exact-method.js").ExactMethod<{
    simulations: number;
    considered: number;
    seed: number;
}>;
