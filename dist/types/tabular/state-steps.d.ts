import type { Geometry } from "../maps/geometry/geometry.js";
import type { TabularPolicy } from "./mdp.js";
/** The mirror step of every state: rows of `actions` entries of the policy [S, A] move by their rows of the signal. */
export declare function stepStates(geometry: Geometry, policy: TabularPolicy, signal: Float64Array, actions: number, stepSize: number): TabularPolicy;
