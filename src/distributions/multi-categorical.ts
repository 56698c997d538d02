import { BregmanError } from "../error.ts";
import * as t from "../tensor/index.ts";
import type { Tensor } from "../tensor/index.ts";
import { columns } from "./columns.ts";
import type { Distribution, PolicyHead } from "./distribution.ts";
import { entropyOf, klOf, normalized, selected } from "./log-probabilities.ts";

/** Neighbouring choices of the same size n, computed together as [B, count, n]. */
interface Run {
  readonly n: number;
  readonly count: number;
  /** Where it begins among the actions, and among the log-probabilities. */
  readonly action: number;
  readonly column: number;
}

export interface MultiCategoricalDistribution extends Distribution {
  /** Log-probabilities [B, count, n] of each run of equal choices. */
  readonly runs: readonly Tensor[];
}

/**
 * Several independent choices at once: log-probabilities, entropies and divergences are sums over the choices.
 * `logProbs` [B, sum of nvec] are normalized within each choice; actions are i32 [B, nvec.length], from 0. Switches are
 * choices of 2.
 */
export function multiCategorical(logProbs: Tensor, nvec: readonly number[]): MultiCategoricalDistribution {
  const layout = runsOf(nvec);
  const runs = layout.map((run) => partOf(logProbs, run));
  const sumOver = (f: (run: Tensor, i: number) => Tensor): Tensor =>
    runs.map((run, i) => t.sum(f(run, i), 1)).reduce((a, b) => t.add(a, b));
  const actionOf = (run: Run, action: Tensor): Tensor => columns(action, run.action, run.action + run.count);
  return {
    runs,
    logProb: (action) => sumOver((run, i) => selected(run, actionOf(layout[i]!, action))),
    entropy: () => sumOver(entropyOf),
    kl(other) {
      const others = (other as Partial<MultiCategoricalDistribution>).runs;
      if (others?.length !== runs.length) {
        throw new BregmanError("invalid-option", "kl: expected two distributions over the same choices");
      }
      return sumOver((run, i) => klOf(run, others[i]!));
    },
    mode: () => t.concat(runs.map((run) => t.argmax(run)), 1),
    sample(state, salt) {
      const noise = t.randomGumbel(state, logProbs.shape, salt);
      return t.concat(runs.map((run, i) => t.argmax(t.add(run, partOf(noise, layout[i]!)))), 1);
    },
  };
}

function runsOf(nvec: readonly number[]): Run[] {
  const runs: Run[] = [];
  let column = 0;
  nvec.forEach((n, action) => {
    const last = runs[runs.length - 1];
    if (last?.n === n) runs[runs.length - 1] = { ...last, count: last.count + 1 };
    else runs.push({ n, count: 1, action, column });
    column += n;
  });
  return runs;
}

/** The run's part of something laid out as the logits are: [B, count, n]. */
function partOf(matrix: Tensor, { n, count, column }: Run): Tensor {
  return t.reshape(columns(matrix, column, column + count * n), [matrix.shape[0]!, count, n]);
}

export interface MultiCategoricalHeadOptions {
  /** The number of options of each choice. */
  readonly nvec: readonly number[];
}

/**
 * The network's outputs are the logits of all choices in a row; the parameters are their normalized log-probabilities.
 */
export function multiCategoricalHead({ nvec }: MultiCategoricalHeadOptions): PolicyHead {
  if (nvec.length === 0 || !nvec.every((n) => Number.isSafeInteger(n) && n > 0)) {
    throw new BregmanError("invalid-option", `nvec: expected positive integers, got [${nvec.join(", ")}]`);
  }
  const outputs = nvec.reduce((sum, n) => sum + n, 0);
  const runs = runsOf(nvec);
  return {
    kind: "multi-categorical",
    outputs,
    actionSize: nvec.length,
    actionType: "i32",
    parameters: [],
    parameterCount: outputs,
    explorationSize: 0,
    parametersOf({ output, actionMask }) {
      const parts = runs.map((run) => normalized(partOf(output, run), actionMask && partOf(actionMask, run)));
      return t.concat(parts.map((part, i) => t.reshape(part, [output.shape[0]!, runs[i]!.count * runs[i]!.n])), 1);
    },
    distribution: (parameters) => multiCategorical(parameters, nvec),
    toEnvironment: (action) => action,
    toUnit: (action) => action,
    fromUnit: (unit) => unit,
  };
}
