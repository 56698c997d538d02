import type { Info, OwnEnvironment, ResetResult, StepResult } from "./environment.js";
import type { Space } from "./spaces.js";
/**
 * Throws unless `environment` has what an environment needs, its spaces are well-formed and its actions can be chosen.
 */
export declare function checkEnvironmentShape(environment: unknown): asserts environment is OwnEnvironment;
export declare function nameOf(environment: object): string;
export declare function checkSpace(environment: object, field: "observationSpace" | "actionSpace", name: string): void;
export declare function checkMethod(environment: object, method: "reset" | "step", name: string): void;
/** Throws `invalid-environment` unless `result` is { observation, info }; `info` may be missing. */
export declare function checkResetResult(result: unknown, where: string): asserts result is ResetResult<any>;
/**
 * Throws unless `result` is { observation, reward, terminated, truncated, info }, `info` optional; `invalid-reward` for
 * a reward that is no finite number.
 */
export declare function checkStepResult(result: unknown, where: string): asserts result is StepResult<any>;
/** The mask in a result, where there is one; environments may leave `info` out altogether. */
export declare function actionMaskOf({ info }: {
    info?: Info | undefined;
}): ArrayLike<number> | undefined;
/** Throws `invalid-observation`, naming the element, unless `value` belongs to `space` and is finite. */
export declare function checkObservation(space: Space, value: unknown, where: string): void;
/** Throws `invalid-environment` unless `mask` has a 0 or 1 per choice and leaves every choice open. */
export declare function checkMask(mask: ArrayLike<number>, heads: readonly number[], where: string): void;
/** Throws where masks come that did not before, or the other way round. */
export declare function checkMaskPresence(mask: ArrayLike<number> | undefined, expected: boolean, where: string): void;
