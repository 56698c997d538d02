import type { LoadedWasmProgram, WasmBuffer } from "../devices/wasm/wasm-device.ts";
import type { WasmInstance } from "../devices/wasm-instance.ts";
import type { BuiltinVectorEnvironment } from "../envs/builtin.ts";
import { startOf } from "../envs/raw-values.ts";
import type { VectorEnvironment } from "../envs/vector-environment.ts";

/** An episode that a time limit cut: its place t N + n in the rollout, and its flat final observation. */
export interface Cut {
  readonly index: number;
  readonly observation: Float32Array;
}

/** Where a rollout of T steps is written; addresses in the module's memory. */
export interface SegmentColumns {
  readonly horizon: number;
  readonly observations: WasmBuffer;
  readonly action: WasmBuffer;
  /** f64, u8, u8 [T, N]. */
  readonly rewardsAddress: number;
  readonly terminatedAddress: number;
  readonly truncatedAddress: number;
  readonly truncationTerminates: boolean;
}

const planWords = 19;
const cutCount = 16;

/**
 * Collects steps of a rollout in one call into WASM: observe, act, step and write down, for environments whose copies
 * live in the module's memory. The same bits as the loop in JavaScript (assembly/samplers/rollout.ts).
 */
export class RolloutSegment {
  readonly #instance: WasmInstance;
  readonly #plan: number;
  readonly #indices: number;
  readonly #finals: number;
  readonly #observationSize: number;

  /** `acting`: a program of `observation` to `action` and `environmentAction`, with no other input of its own. */
  constructor(
    instance: WasmInstance, environment: BuiltinVectorEnvironment, acting: LoadedWasmProgram, columns: SegmentColumns,
  ) {
    const { count, observationSpace, definition: { maxEpisodeSteps } } = environment;
    const observation = acting.buffer("observation");
    const [action, environmentAction] = [acting.buffer("action"), acting.buffer("environmentAction")];
    const { start, end } = acting.instructions;
    const most = maxEpisodeSteps ? count * Math.ceil(columns.horizon / maxEpisodeSteps) : 0;
    this.#instance = instance;
    this.#observationSize = observation.size / count;
    this.#indices = instance.allocate(4 * most);
    this.#finals = instance.allocate(4 * most * this.#observationSize);
    this.#plan = instance.allocate(4 * planWords);
    instance.int32(this.#plan, planWords).set([
      environment.header, start, end,
      observation.address, action.address, environmentAction.address,
      observationSpace.kind === "discrete" ? this.#observationSize : 0, startOf(environment.actionSpace),
      4 * action.size / count, environmentAction.size / count,
      columns.observations.address, columns.action.address,
      columns.rewardsAddress, columns.terminatedAddress, columns.truncatedAddress,
      columns.truncationTerminates ? 1 : 0, 0, this.#indices, this.#finals,
    ]);
  }

  /** Steps `from` <= t < `to`; returns the episodes that were cut in them, in order. */
  run(from: number, to: number): Cut[] {
    const plan = this.#instance.int32(this.#plan, planWords);
    plan[cutCount] = 0;
    this.#instance.exports.rollout_segment!(this.#plan, from, to);
    const count = plan[cutCount]!;
    const indices = this.#instance.int32(this.#indices, count);
    const finals = this.#instance.float32(this.#finals, count * this.#observationSize);
    return Array.from(indices, (index, i) =>
      ({ index, observation: finals.slice(i * this.#observationSize, (i + 1) * this.#observationSize) }));
  }
}

/** Whether the copies live in the module's memory, so that a segment can step them. */
export function isBuiltin(environment: VectorEnvironment): environment is BuiltinVectorEnvironment {
  return "header" in environment;
}
