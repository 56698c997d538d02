import { type HyperparameterInfo } from "./agent/hyperparameters.js";
import { environmentEntries } from "./envs/registry.js";
declare const estimators: readonly [{
    readonly id: "gae";
    readonly name: "Generalized advantage estimation";
    readonly paper: "Schulman et al. 2016";
    readonly formula: "A_t = sum_l (discount lambda)^l delta_{t+l}";
}, {
    readonly id: "lambda-returns";
    readonly name: "TD(lambda)";
    readonly paper: "Sutton 1988";
    readonly formula: "G_t = r_t + discount ((1 - lambda) V_{t+1} + lambda G_{t+1})";
}, {
    readonly id: "n-step-returns";
    readonly name: "n-step returns";
    readonly paper: "Watkins 1989";
    readonly formula: "G_t = sum_{i<n} discount^i r_{t+i} + discount^n V_{t+n}";
}, {
    readonly id: "discounted-returns";
    readonly name: "Discounted returns";
    readonly paper: "";
    readonly formula: "G_t = r_t + discount G_{t+1}";
}];
export interface AlgorithmEntry {
    readonly id: string;
    readonly name: string;
    readonly paper: string;
    readonly choices: Readonly<Record<string, string>>;
    readonly hyperparameters: readonly HyperparameterEntry[];
}
export interface HyperparameterEntry {
    readonly name: string;
    readonly kind: HyperparameterInfo["kind"];
    /** Words that are accepted beside numbers. */
    readonly words?: readonly string[];
    readonly default: unknown;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly meaning: string;
}
export interface ObjectiveEntry {
    readonly id: string;
    readonly formula: string;
    readonly paper: string;
}
/**
 * What the kit has, as plain data: "algorithms" (with their six choices and hyperparameters), "envs", "objectives" or
 * "estimators". Throws `invalid-option` for anything else.
 */
export declare function list(kind: "algorithms"): readonly AlgorithmEntry[];
export declare function list(kind: "envs"): ReturnType<typeof environmentEntries>;
export declare function list(kind: "objectives"): readonly ObjectiveEntry[];
export declare function list(kind: "estimators"): typeof estimators;
export declare function list(kind: "algorithms" | "envs" | "objectives" | "estimators"): readonly object[];
export {};
