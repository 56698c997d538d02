/** MDPO with its regularizer linearized: pi_{k+1} ~ pi_k^{1 - lambda t} e^{t Q_lambda}; SAC at t = 1/lambda. */
export declare const softMdpo: import("./exact-method.js").ExactMethod<{
    stepSize: number;
    temperature: number;
}>;
