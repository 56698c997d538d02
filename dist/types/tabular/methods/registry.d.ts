import type { Mdp } from "../mdp.js";
import { type ExactMethod } from "./exact-method.js";
/** Every exact method on processes, one line each. Their parameters differ: each reads its own. */
export declare const exactMethods: readonly ExactMethod<any>[];
/** A method's six choices in words, read from the objects that they are. */
export declare function describeExactMethod(method: ExactMethod<any>, mdp: Mdp): Readonly<Record<string, string>>;
