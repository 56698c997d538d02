import type { OwnEnvironment, StepResult } from "../environment.ts";
import { wrap, type Wrapped } from "./wrap.ts";

/** `change(reward, result)` instead of each reward; `result` is all that the step returned. */
export function mapReward<Own extends OwnEnvironment>(
  environment: Own, change: (reward: number, result: StepResult<any>) => number,
): Wrapped<Own> {
  return wrap(environment, () => ({ step: (result) => ({ ...result, reward: change(result.reward, result) }) }));
}
