/** Politex: pi_{k+1} ~ e^{eta sum_i Q_i}, of the average-reward criterion; from uniform it is KL mirror descent. */
export declare const politex: import("./exact-method.js").ExactMethod<{
    stepSize: number;
}>;
