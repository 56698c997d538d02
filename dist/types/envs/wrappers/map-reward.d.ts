import type { OwnEnvironment, StepResult } from "../environment.js";
import { type Wrapped } from "./wrap.js";
/** `change(reward, result)` instead of each reward; `result` is all that the step returned. */
export declare function mapReward<Own extends OwnEnvironment>(environment: Own, change: (reward: number, result: StepResult<any>) => number): Wrapped<Own>;
