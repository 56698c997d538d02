import type { Agent, PolicyInputs } from "../agent/agent.ts";
import { policyInputs, type RolloutColumns } from "../agent/programs.ts";
import { add, div, gatherRows, input, mean, reshape, sqrt, square, sub, type Tensor } from "../tensor/index.ts";

/** The columns of a rollout that a step reads: the whole batch, or the rows of one minibatch. */
export interface Batch {
  readonly rows: number;
  readonly observations: Tensor;
  readonly action: Tensor;
  readonly oldParameters: Tensor;
  readonly oldLogProb: Tensor;
  readonly advantages: Tensor;
  readonly returns: Tensor;
  readonly oldValues: Tensor;
  /** Of a second reward channel. */
  readonly secondReturns: Tensor;
  readonly secondOldValues: Tensor;
  readonly inputs: PolicyInputs;
  /** [state, next] pairs that walk through the minibatches. */
  readonly updates: readonly (readonly [Tensor, Tensor])[];
}

/** Where a minibatch's rows come from: row `cursor` of `order`, i32 [count, rows]. */
export interface Minibatches {
  readonly rows: number;
  readonly count: number;
}

/** The inputs of a batch of `size` rows; with `minibatches` each run reads the next row of indices and moves on. */
export function batchInputs(
  agent: Agent, size: number, columns: RolloutColumns, minibatches: Minibatches | undefined, prefix: string,
): Batch {
  const { head } = agent;
  const cursor = input(`${prefix}Cursor`, [1], "i32");
  const chosen = minibatches && rowsAt(cursor, minibatches, prefix);
  const pick = (x: Tensor): Tensor => (chosen ? gatherRows(x, chosen) : x);
  const whole = policyInputs(agent, size, columns);
  return {
    rows: minibatches?.rows ?? size,
    observations: pick(input("normalizedObservations", [size, agent.observationSize])),
    action: pick(input("action", [size, head.actionSize], head.actionType)),
    oldParameters: pick(input("oldParameters", [size, head.parameterCount])),
    oldLogProb: pick(input("oldLogProb", [size])),
    advantages: pick(input("advantages", [size])),
    returns: pick(input("returns", [size])),
    oldValues: pick(input("values", [size])),
    secondReturns: pick(input("secondReturns", [size])),
    secondOldValues: pick(input("secondValues", [size])),
    inputs: {
      exploration: whole.exploration && pick(whole.exploration),
      actionMask: whole.actionMask && pick(whole.actionMask),
    },
    updates: minibatches ? [[cursor, add(cursor, 1)]] : [],
  };
}

function rowsAt(cursor: Tensor, { count, rows }: Minibatches, prefix: string): Tensor {
  return reshape(gatherRows(input(`${prefix}Order`, [count, rows], "i32"), cursor), [rows]);
}

/** (A - mean) / (deviation + epsilon), population deviation. */
export function standardize(advantages: Tensor, epsilon: number): Tensor {
  const centred = sub(advantages, mean(advantages));
  const deviation = sqrt(mean(square(centred)));
  return div(centred, epsilon > 0 ? add(deviation, epsilon) : deviation);
}
