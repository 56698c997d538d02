import type { OwnEnvironment } from "../environment.js";
import { type Wrapped } from "./wrap.js";
/**
 * The last `count` observations as one, the oldest first, so that a policy without memory sees motion. A box of shape
 * [...s] becomes one of [count, ...s]; another space is flattened as networks see it, to [count, numbers]. At the start
 * of an episode its first observation stands in every place.
 */
export declare function frameStack<Own extends OwnEnvironment>(environment: Own, count: number): Wrapped<Own>;
