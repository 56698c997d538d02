import { expectCount } from "../check-options.ts";
import { BregmanError } from "../error.ts";
import * as t from "../tensor/index.ts";
import type { Tensor } from "../tensor/index.ts";
import type { Distribution, PolicyHead } from "./distribution.ts";
import { entropyOf, klOf, normalized, selected } from "./log-probabilities.ts";

export interface CategoricalDistribution extends Distribution {
  readonly logProbs: Tensor;
}

/**
 * One choice of n. `logProbs` [B, n] are normalized log-probabilities (`t.logSoftmax` of logits); actions are i32
 * [B, 1], from 0. A sample is the argmax of log-probabilities plus Gumbel noise.
 */
export function categorical(logProbs: Tensor): CategoricalDistribution {
  const rows = logProbs.shape[0]!;
  const asAction = (choice: Tensor): Tensor => t.reshape(choice, [rows, 1]);
  return {
    logProbs,
    logProb: (action) => selected(logProbs, t.reshape(action, [rows])),
    entropy: () => entropyOf(logProbs),
    kl: (other) => klOf(logProbs, logProbsOf(other)),
    mode: () => asAction(t.argmax(logProbs)),
    sample: (state, salt) => asAction(t.argmax(t.add(logProbs, t.randomGumbel(state, logProbs.shape, salt)))),
  };
}

/** The log-probabilities of a categorical distribution. Throws `invalid-option` for another kind. */
export function logProbsOf(distribution: Distribution): Tensor {
  if (distribution.logProbs) return distribution.logProbs;
  throw new BregmanError(
    "invalid-option",
    "distribution: expected a categorical one, with the probability of every action",
  );
}

export interface CategoricalHeadOptions {
  readonly n: number;
}

/**
 * The network's n outputs are logits; the parameters are normalized log-probabilities [B, n], forbidden actions at
 * -1e9. Actions count from 0: the `start` of a discrete space is added where actions leave for the environment.
 */
export function categoricalHead({ n }: CategoricalHeadOptions): PolicyHead {
  expectCount("n", n);
  return {
    kind: "categorical",
    outputs: n,
    actionSize: 1,
    actionType: "i32",
    parameters: [],
    parameterCount: n,
    explorationSize: 0,
    parametersOf: ({ output, actionMask }) => normalized(output, actionMask),
    distribution: categorical,
    toEnvironment: (action) => action,
    toUnit: (action) => action,
    fromUnit: (unit) => unit,
  };
}
