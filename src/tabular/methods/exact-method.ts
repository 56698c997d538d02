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

/** A method's choices with some of its parameters set. */
export function choicesOf<P extends Readonly<Record<string, number>>>(
  method: ExactMethod<P>, mdp: Mdp, parameters: Partial<P> = {},
): ExactChoices {
  return method.choices(mdp, { ...method.parameters, ...parameters });
}

export function exactMethod<P extends Readonly<Record<string, number>>>(method: ExactMethod<P>): ExactMethod<P> {
  return method;
}
