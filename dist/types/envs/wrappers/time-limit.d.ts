import type { OwnEnvironment } from "../environment.js";
import { type Wrapped } from "./wrap.js";
/** Cuts an episode after `steps` steps: `truncated`, which is no end, so that the last observation keeps its value. */
export declare function timeLimit<Own extends OwnEnvironment>(environment: Own, steps: number): Wrapped<Own>;
