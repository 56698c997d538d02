import type { Device, DeviceBuffer, LoadedProgram } from "../devices/device.ts";
import type { Work } from "../devices/pace.ts";
import { runSliced } from "../devices/run-sliced.ts";
import type { WasmBuffer, WasmDevice } from "../devices/wasm/wasm-device.ts";
import { streamState } from "../random/streams.ts";
import { policyMetricNames, scheduledNames, valueMetricNames, type ScheduledName } from "../solvers/gradient-steps.ts";
import type { Minibatches } from "../solvers/batch.ts";
import type { Agent } from "../agent/agent.ts";
import type { OnPolicyAlgorithm } from "./algorithm.ts";
import type { Hyperparameters } from "../agent/hyperparameters.ts";
import type { RolloutColumns } from "../agent/programs.ts";
import { checkFinite, meansOf } from "./metrics.ts";
import { planUpdate } from "./update-plan.ts";

/** The columns of a finished rollout that the steps read, in wasm memory. */
export interface BatchBuffers extends Readonly<Record<string, WasmBuffer>> {
  readonly values: WasmBuffer;
  readonly advantages: WasmBuffer;
  readonly returns: WasmBuffer;
}

export interface LearnerRequest {
  readonly host: WasmDevice;
  /** Where updates run; may be the host itself. */
  readonly device: Device;
  readonly agent: Agent;
  readonly algorithm: OnPolicyAlgorithm;
  readonly hyperparameters: Hyperparameters;
  readonly columns: RolloutColumns;
  readonly size: number;
  readonly batch: BatchBuffers;
  readonly seed: number;
  readonly paperCode: boolean;
  /** Host copies of what the learner changes: bound directly when the device is the host. */
  readonly policyParameters: WasmBuffer;
  readonly valueParameters: WasmBuffer;
}

interface Stage {
  readonly loaded: LoadedProgram;
  readonly times: number;
  readonly while: string | undefined;
  /** Minibatch order to draw before the stage, if it walks through one. */
  readonly order: Order | undefined;
}

interface Order {
  readonly buffer: DeviceBuffer;
  readonly cursor: DeviceBuffer;
  readonly minibatches: Minibatches;
  readonly epochs: number;
}

/**
 * The update half of an iteration: programs that turn a rollout into new parameters, on the wasm device or on a GPU.
 */
export class Learner {
  readonly #request: LearnerRequest;
  readonly #stages: readonly Stage[];
  readonly #buffers: ReadonlyMap<string, DeviceBuffer>;
  /** What a checkpoint keeps, beyond the two parameter vectors: optimizer states. */
  readonly stateNames: readonly string[];
  readonly #initial: ReadonlyMap<string, number>;
  /** Host copies of the optimizer states, when they live on a GPU. */
  readonly #shadows = new Map<string, Float32Array>();
  readonly #random: Int32Array;
  readonly #scratch: number;

  private constructor(
    request: LearnerRequest, stages: readonly Stage[], buffers: ReadonlyMap<string, DeviceBuffer>,
    initial: ReadonlyMap<string, number>,
  ) {
    this.#request = request;
    this.#initial = initial;
    this.stateNames = [...initial.keys()];
    this.#stages = stages;
    this.#buffers = buffers;
    this.#random = streamState(request.seed, "shuffle");
    this.#scratch = request.host.instance.allocate(request.size * 4);
  }

  static async create(request: LearnerRequest): Promise<Learner> {
    const plan = planUpdate(request);
    const buffers = new Map<string, DeviceBuffer>();
    const local = request.device === request.host;
    const kept = new Map<string, number>();
    for (const [name, host] of Object.entries(request.batch)) {
      buffers.set(name, local ? host : request.device.allocate(host.size, host.dtype));
    }
    for (const name of ["policyParameters", "valueParameters"] as const) {
      const host = request[name];
      buffers.set(name, local ? host : request.device.allocate(host.size, host.dtype));
    }
    for (const { name, size, dtype, initial, kept: survives } of plan.states) {
      const buffer = request.device.allocate(size, dtype);
      if (initial !== 0) request.device.write(buffer, new Float32Array(size).fill(initial));
      buffers.set(name, buffer);
      if (survives) kept.set(name, initial);
    }
    const bindings = Object.fromEntries(buffers);
    const stages: Stage[] = [];
    for (const { program, times, order, while: condition } of plan.stages) {
      const loaded = await request.device.load(program, bindings);
      stages.push({
        loaded, times, while: condition,
        order: order && {
          ...order, buffer: buffers.get(`${order.prefix}Order`)!, cursor: buffers.get(`${order.prefix}Cursor`)!,
        },
      });
    }
    return new Learner(request, stages, buffers, kept);
  }

  get programs(): readonly LoadedProgram[] {
    return this.#stages.map(({ loaded }) => loaded);
  }

  /** Sends the rollout over and takes all steps, with pauses; `schedule` gives this iteration's scheduled values. */
  *steps(schedule: Readonly<Record<ScheduledName, number>>): Work {
    const { device, host, batch } = this.#request;
    if (device !== host) {
      for (const [name, buffer] of Object.entries(batch)) device.write(this.#buffers.get(name)!, buffer.view());
    }
    this.#write("schedule", scheduledNames.map((name) => schedule[name]));
    this.#write("policyMetrics", policyMetricNames(this.#request.algorithm.objective).map(() => 0));
    this.#write("valueMetrics", valueMetricNames.map(() => 0));
    this.#write("active", [1]);
    for (const stage of this.#stages) {
      if (stage.order) yield* this.#drawOrder(stage.order);
      if (stage.while && device === host) yield* this.#runWhile(stage, stage.while);
      else yield* runSliced(stage.loaded, stage.times, device.kind);
    }
  }

  /** Ends with the first run that changes nothing: on wasm a look at the flag is free. A GPU runs all of them. */
  *#runWhile({ loaded, times }: Stage, condition: string): Work {
    const flag = (this.#buffers.get(condition) as WasmBuffer).view();
    for (let run = 0; run < times; run++) {
      yield* runSliced(loaded, 1, "wasm");
      if (flag[0] === 0) return;
    }
  }

  /**
   * Brings what the iteration changed back to the host, where the policy acts, and returns the means of the metrics
   * over its steps, and how many the policy took before a stop. Throws `numerical-failure` when one of these is not
   * finite.
   */
  async download(): Promise<Record<string, number>> {
    const { device, host, algorithm, policyParameters, valueParameters } = this.#request;
    const changed = device === host ? [] : ["policyParameters", "valueParameters", ...this.stateNames];
    const names = ["policyMetrics", "valueMetrics", ...changed];
    const [policyMetrics, valueMetrics, policy, value, ...states] =
      await device.readAll(names.map((name) => this.#buffers.get(name)!)) as Float32Array[];
    const metrics = {
      ...meansOf(policyMetrics!, policyMetricNames(algorithm.objective)), policySteps: policyMetrics!.at(-1)!,
      ...meansOf(valueMetrics!, valueMetricNames),
    };
    checkFinite(metrics);
    if (device !== host) {
      host.write(policyParameters, policy!);
      host.write(valueParameters, value!);
      this.stateNames.forEach((name, i) => this.#shadows.set(name, states[i]!));
    }
    return metrics;
  }

  /** A copy of an optimizer state, as of the last `download`. */
  state(name: string): Float32Array {
    const shadow = this.#shadows.get(name);
    if (shadow) return shadow;
    const buffer = this.#buffers.get(name)!;
    const { device, host } = this.#request;
    if (device === host) return (buffer as WasmBuffer).view().slice() as Float32Array;
    return new Float32Array(buffer.size).fill(this.#initial.get(name) ?? 0);
  }

  /** Puts a saved optimizer state back. */
  restoreState(name: string, values: Float32Array): void {
    const { device, host } = this.#request;
    device.write(this.#buffers.get(name)!, values);
    if (device !== host) this.#shadows.set(name, values);
  }

  /** Sends the host's parameters to the device: after initialization or a resume. */
  upload(): void {
    const { device, host, policyParameters, valueParameters } = this.#request;
    if (device === host) return;
    device.write(this.#buffers.get("policyParameters")!, policyParameters.view());
    device.write(this.#buffers.get("valueParameters")!, valueParameters.view());
  }

  /** Draws taken from the shuffling stream. */
  get shuffles(): number { return this.#random[2]!; }
  set shuffles(draws: number) { this.#random[2] = draws; }

  dispose(): void {
    for (const { loaded } of this.#stages) loaded.dispose();
  }

  #write(name: string, values: readonly number[]): void {
    const buffer = this.#buffers.get(name);
    if (buffer) this.#request.device.write(buffer, Float32Array.from(values));
  }

  /** A fresh permutation per epoch, cut into minibatches; a remainder that fills none is left out this time. */
  *#drawOrder({ buffer, cursor, minibatches, epochs }: Order): Work {
    const { device, host, size } = this.#request;
    const perEpoch = minibatches.count / epochs;
    const order = new Int32Array(minibatches.count * minibatches.rows);
    const rows = new Int32Array(size);
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (let i = 0; i < size; i++) rows[i] = i;
      const [key0, key1, draw, stream] = this.#random as unknown as [number, number, number, number];
      host.instance.exports.philox_fill!(key0, key1, draw, stream, 0, size, this.#scratch);
      this.#random[2] = draw + 1;
      shuffle(rows, host.instance.int32(this.#scratch, size));
      order.set(rows.subarray(0, perEpoch * minibatches.rows), epoch * perEpoch * minibatches.rows);
      yield undefined;
    }
    device.write(buffer, order);
    device.write(cursor, Int32Array.of(0));
  }
}

/** Shuffles in place (Fisher and Yates), by one random word an element. */
function shuffle(rows: Int32Array, words: Int32Array): void {
  for (let i = rows.length - 1; i > 0; i--) {
    const other = Math.floor(((words[i]! >>> 0) / 4294967296) * (i + 1));
    const row = rows[i]!;
    rows[i] = rows[other]!;
    rows[other] = row;
  }
}
