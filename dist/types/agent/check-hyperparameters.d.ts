import type { HyperparameterInfo } from "./hyperparameters.js";
export declare function checkHyperparameter(table: Readonly<Record<string, HyperparameterInfo>>, name: string, value: unknown): void;
