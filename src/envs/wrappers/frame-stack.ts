import type { OwnEnvironment } from "../environment.ts";
import { checkObservation, nameOf } from "../environment-checks.ts";
import { flatBounds, flatten } from "../space-values.ts";
import { flatSize, type BoxSpace, type Space } from "../spaces.ts";
import { checkPositive, wrap, type Wrapped } from "./wrap.ts";

/**
 * The last `count` observations as one, the oldest first, so that a policy without memory sees motion. A box of shape
 * [...s] becomes one of [count, ...s]; another space is flattened as networks see it, to [count, numbers]. At the start
 * of an episode its first observation stands in every place.
 */
export function frameStack<Own extends OwnEnvironment>(environment: Own, count: number): Wrapped<Own> {
  checkPositive("frameStack: count", count);
  const space = environment.observationSpace;
  const size = flatSize(space);
  const where = `${nameOf(environment)}, frameStack`;
  return wrap(environment, () => {
    const state = new Float32Array(count * size);
    const push = (observation: any): void => {
      checkObservation(space, observation, where);
      state.copyWithin(0, size);
      flatten(space, observation, state, (count - 1) * size);
    };
    return {
      state,
      reset(result) {
        for (let i = 0; i < count; i++) push(result.observation);
        return { ...result, observation: state.slice() };
      },
      step(result) {
        push(result.observation);
        return { ...result, observation: state.slice() };
      },
    };
  }, stacked(space, count));
}

function stacked(space: Space, count: number): BoxSpace {
  const shape = space.kind === "box" ? space.shape : [flatSize(space)];
  const { low, high } = flatBounds(space);
  const repeated = (bounds: number[]): number[] => Array.from({ length: count }, () => bounds).flat();
  return { kind: "box", shape: [count, ...shape], low: repeated(low), high: repeated(high) };
}
