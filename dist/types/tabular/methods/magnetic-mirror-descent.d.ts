/**
 * MMD with its moving magnet, m <- m^{1 - mu} pi^mu: pi_{k+1} ~ [pi_k e^{eta Q} m^{eta alpha}]^{1 / (1 + eta alpha)}.
 */
export declare const magneticMirrorDescent: import("./exact-method.js").ExactMethod<{
    stepSize: number;
    magnetWeight: number;
    magnetShare: number;
}>;
