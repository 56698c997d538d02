import { BregmanError, nearest } from "../../error.ts";
import type { Mdp } from "../mdp.ts";
import type { ExactChoices } from "../policy-mirror-descent.ts";

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
export function choicesOf<P extends Readonly<Record<string, number>>>(
  method: ExactMethod<P>, mdp: Mdp, parameters: Partial<P> = {},
): ExactChoices {
  const names = Object.keys(method.parameters);
  for (const [name, value] of Object.entries(parameters)) {
    if (!names.includes(name)) {
      throw new BregmanError("unknown-option", `${method.id}: "${name}" is unknown; did you mean ` +
        `${nearest(name, names, 1)[0]}? It has ${names.join(", ")}`);
    }
    if (!Number.isFinite(value)) {
      throw new BregmanError("invalid-option", `${method.id}: ${name}: expected a finite number, got ${String(value)}`);
    }
  }
  return method.choices(mdp, { ...method.parameters, ...parameters });
}

export function exactMethod<P extends Readonly<Record<string, number>>>(method: ExactMethod<P>): ExactMethod<P> {
  return method;
}
