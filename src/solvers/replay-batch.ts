import type { Agent, PolicyInputs } from "../agent/agent.ts";
import type { RolloutColumns } from "../agent/programs.ts";
import { compile } from "../program/compile.ts";
import type { Program } from "../program/program.ts";
import { gatherRows, input, type Tensor } from "../tensor/index.ts";

/** A batch of transitions: [B, ...] each. */
export interface ReplayBatch {
  readonly observations: Tensor;
  /** As critics see it, and as it is kept: the same, or before squashing. */
  readonly action: Tensor;
  readonly keptAction: Tensor;
  /** Discounted sum of the rewards, and what the value of the next observation is weighed by. */
  readonly returns: Tensor;
  readonly continuations: Tensor;
  readonly nextObservations: Tensor;
  readonly inputs: PolicyInputs;
  readonly nextInputs: PolicyInputs;
}

export interface BatchRequest {
  readonly agent: Agent;
  readonly batchSize: number;
  readonly columns: RolloutColumns;
  /** Slots of the replay rings, where the program reads them itself; else the batch is its input. */
  readonly slots: number | undefined;
}

/** Rows of the rings, as `rows` and `nextRows` name them; or, without `slots`, inputs. Observations are raw. */
export function batchOf({ agent, batchSize, columns, slots }: BatchRequest): ReplayBatch {
  const { head, observationSize } = agent;
  const column = (own: string, ring: string, rows: string, width: number, dtype: "f32" | "i32"): Tensor =>
    slots === undefined
      ? input(own, [batchSize, width], dtype)
      : gatherRows(input(ring, [slots, width], dtype), input(rows, [batchSize], "i32"));
  const mask = (own: string, rows: string): PolicyInputs => ({
    actionMask: columns.maskSize > 0 ? column(own, "ringMasks", rows, columns.maskSize, "i32") : undefined,
  });
  const keptAction = column("batchAction", "ringActions", "rows", head.actionSize, head.actionType);
  return {
    observations: column("batchObservations", "ringObservations", "rows", observationSize, "f32"),
    action: columns.drawnActions ? head.toUnit(keptAction) : keptAction,
    keptAction,
    nextObservations: column("batchNextObservations", "ringObservations", "nextRows", observationSize, "f32"),
    returns: input("returns", [batchSize]),
    continuations: input("continuations", [batchSize]),
    inputs: mask("batchMask", "rows"),
    nextInputs: mask("batchNextMask", "nextRows"),
  };
}

/** The gathering alone, with the batch's inputs as outputs: for a device that does not share the rings' memory. */
export function batchProgram(request: BatchRequest): Program {
  const { observations, keptAction, nextObservations, inputs, nextInputs } = batchOf(request);
  const masks = inputs.actionMask && { batchMask: inputs.actionMask, batchNextMask: nextInputs.actionMask! };
  return compile({
    outputs: {
      batchObservations: observations, batchAction: keptAction, batchNextObservations: nextObservations, ...masks,
    },
  });
}
