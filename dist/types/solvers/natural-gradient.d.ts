import type { Program } from "../program/program.js";
import { type StepRequest } from "./gradient-steps.js";
export interface NaturalGradientPrograms {
    readonly gradient: Program;
    readonly conjugate: Program;
    readonly scale: Program;
    /** Absent without a line search: `scale` then takes the step itself. */
    readonly search: Program | undefined;
}
/** Vectors [P] and scalars [1] that the four programs share. */
export declare const naturalGradientVectors: readonly ["baseParameters", "solution", "residual", "conjugateDirection", "direction"];
export declare const naturalGradientScalars: readonly ["residualNorm", "baseObjective", "searchCoefficient", "accepted"];
export declare function naturalGradientPrograms(request: StepRequest, step: "radius" | "fixed"): NaturalGradientPrograms;
