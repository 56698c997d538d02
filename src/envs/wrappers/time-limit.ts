import type { OwnEnvironment } from "../environment.ts";
import { checkPositive, wrap, type Wrapped } from "./wrap.ts";

/** Cuts an episode after `steps` steps: `truncated`, which is no end, so that the last observation keeps its value. */
export function timeLimit<Own extends OwnEnvironment>(environment: Own, steps: number): Wrapped<Own> {
  checkPositive("timeLimit: steps", steps);
  return wrap(environment, () => {
    const elapsed = new Float64Array(1);
    return {
      state: elapsed,
      reset(result) {
        elapsed[0] = 0;
        return result;
      },
      step(result) {
        elapsed[0]! += 1;
        return { ...result, truncated: result.truncated || elapsed[0]! >= steps };
      },
    };
  });
}
