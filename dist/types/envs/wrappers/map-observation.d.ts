import type { OwnEnvironment } from "../environment.js";
import { type Space } from "../spaces.js";
import { type Wrapped } from "./wrap.js";
/** `change(observation)` instead of each observation; `space` is the space of the changed ones. */
export declare function mapObservation<Own extends OwnEnvironment>(environment: Own, space: Space, change: (observation: any) => unknown): Wrapped<Own>;
