import type { Mdp } from "../mdp.js";
import type { ExactChoices } from "../policy-mirror-descent.js";
/** A published method in its exact, tabular form: six choices, and the numbers that they take. */
export interface ExactMethod<Parameters extends Readonly<Record<string, number>> = Readonly<Record<string, number>>> {
    readonly id: string;
    readonly name: string;
    readonly paper: string;
    readonly parameters: Parameters;
    /** The six choices on a process, made anew for each run. */
    choices(mdp: Mdp, parameters: Parameters): ExactChoices;
}
/**
 * A method's choices with some of its parameters set. Throws `unknown-option` for a name that the method does not have,
 * `invalid-option` for a value that is no finite number.
 */
export declare function choicesOf<P extends Readonly<Record<string, number>>>(method: ExactMethod<P>, mdp: Mdp, parameters?: Partial<P>): ExactChoices;
export declare function exactMethod<P extends Readonly<Record<string, number>>>(method: ExactMethod<P>): ExactMethod<P>;
