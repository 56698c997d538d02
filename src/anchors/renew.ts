import type { Hyperparameters } from "../agent/hyperparameters.ts";
import { add, div, input, mul, sub, where, type Tensor } from "../tensor/index.ts";
import type { Anchor, RenewalTime } from "./anchor.ts";

/** The state of an anchor: its parameters, and where a mean is weighed, the sum of the weights. */
export function anchorStates(name: string, anchor: Anchor, parameterCount: number): Record<string, AnchorState> {
  const weighs = anchor.renewal.id === "weighted-mean";
  return {
    [anchorName(name)]: { size: parameterCount, initial: 0 },
    ...weighs && { [`${anchorName(name)}.weight`]: { size: 1, initial: 1 } },
  };
}

export interface AnchorState {
  readonly size: number;
  readonly initial: number;
}

export const anchorName = (name: string): string => `anchor.${name}`;

export function anchorInput(name: string, parameterCount: number): Tensor {
  return input(anchorName(name), [parameterCount]);
}

/** What changes of an anchor at `time`, given the newest parameters; nothing while `active` is false. */
export function renewals(
  name: string, { renewal }: Anchor, time: RenewalTime, parameters: Tensor, hyperparameters: Hyperparameters,
  active: Tensor | undefined,
): [Tensor, Tensor][] {
  if (renewal.id === "never" || renewal.after !== time) return [];
  const anchor = anchorInput(name, parameters.size);
  const keep = (before: Tensor, after: Tensor): [Tensor, Tensor] =>
    [before, active ? where(active, after, before) : after];
  if (renewal.id === "moving-average") {
    const share = hyperparameters[renewal.share];
    return [keep(anchor, add(anchor, mul(share, sub(parameters, anchor))))];
  }
  const weight = input(`${anchorName(name)}.weight`, [1]);
  const decayed = mul(hyperparameters[renewal.decay], weight);
  const total = add(decayed, 1);
  return [keep(anchor, add(mul(anchor, div(decayed, total)), div(parameters, total))), keep(weight, total)];
}
