import type { OwnEnvironment } from "../environment.ts";
import { validateSpace, type Space } from "../spaces.ts";
import { wrap, type Wrapped } from "./wrap.ts";

/** `change(observation)` instead of each observation; `space` is the space of the changed ones. */
export function mapObservation<Own extends OwnEnvironment>(
  environment: Own, space: Space, change: (observation: any) => unknown,
): Wrapped<Own> {
  validateSpace(space, "mapObservation: space");
  const changed = <Result extends { observation: any }>(result: Result): Result =>
    ({ ...result, observation: change(result.observation) });
  return wrap(environment, () => ({ reset: changed, step: changed }), space);
}
