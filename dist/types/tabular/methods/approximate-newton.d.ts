/**
 * The Newton step of the regularized return with the diagonal block of its Hessian: h'(p') = (1 - eta) h'(p) +
 * eta Q / tau + c. Shannon's entropy gives the natural gradient; at eta = 1 errors square.
 */
export declare const approximateNewton: import("./exact-method.js").ExactMethod<{
    newtonStep: number;
    temperature: number;
    tsallisIndex: number;
}>;
