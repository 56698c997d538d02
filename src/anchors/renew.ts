import type { Hyperparameters } from "../agent/hyperparameters.ts";
import { add, div, input, mul, sub, where, type Tensor } from "../tensor/index.ts";
import type { Anchor, RenewalTime } from "./anchor.ts";

/** The state of an anchor: its parameters if it has its own, and where a mean is weighed, the sum of the weights. */
export function anchorStates({ id, kept }: Anchor, parameterCount: number): Record<string, AnchorState> {
  if (!kept) return {};
  return {
    [anchorName(id)]: { size: parameterCount, initial: 0 },
    ..."decay" in kept && { [`${anchorName(id)}.weight`]: { size: 1, initial: 1 } },
  };
}

export interface AnchorState {
  readonly size: number;
  readonly initial: number;
}

export const anchorName = (id: string): string => `anchor.${id}`;

export function anchorInput(id: string, parameterCount: number): Tensor {
  return input(anchorName(id), [parameterCount]);
}

/** What changes of an anchor at `time`, given the newest parameters; nothing while `active` is false. */
export function renewals(
  { id, kept, renewal }: Anchor, time: RenewalTime, parameters: Tensor, hyperparameters: Hyperparameters,
  active: Tensor | undefined,
): [Tensor, Tensor][] {
  if (!kept || kept.id === "first policy" || renewal !== time) return [];
  const anchor = anchorInput(id, parameters.size);
  const keep = (before: Tensor, after: Tensor): [Tensor, Tensor] =>
    [before, active ? where(active, after, before) : after];
  if ("share" in kept) {
    const share = hyperparameters[kept.share];
    return [keep(anchor, add(anchor, mul(share, sub(parameters, anchor))))];
  }
  const weight = input(`${anchorName(id)}.weight`, [1]);
  const decayed = mul(hyperparameters[kept.decay], weight);
  const total = add(decayed, 1);
  return [keep(anchor, add(mul(anchor, div(decayed, total)), div(parameters, total))), keep(weight, total)];
}
