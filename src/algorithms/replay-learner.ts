import type { Device, DeviceBuffer, LoadedProgram } from "../devices/device.ts";
import type { Work } from "../devices/pace.ts";
import { runSliced } from "../devices/run-sliced.ts";
import type { LoadedWasmProgram, WasmBuffer, WasmDevice } from "../devices/wasm/wasm-device.ts";
import { streamState } from "../random/streams.ts";
import type { DrawnBuffers, Replay } from "../samplers/replay.ts";
import { batchProgram, type BatchRequest } from "../solvers/replay-batch.ts";
import {
  criticMetricNames, deterministicMetricNames, policyMetricNames, replayScheduledNames, replayStepProgram,
  snapshotProgram, type ReplayScheduledName, type ReplayStepParts, type ReplayStepRequest,
} from "../solvers/replay-step.ts";
import { checkFinite, meansOf } from "./metrics.ts";

export interface ReplayLearnerRequest extends Omit<ReplayStepRequest, "slots"> {
  readonly host: WasmDevice;
  /** Where updates run; may be the host itself. */
  readonly device: Device;
  readonly replay: Replay;
  readonly seed: number;
  /** Whether the objective reads an old policy that is renewed now and then. */
  readonly snapshots: boolean;
  /** Host copies of what acts: bound directly when the device is the host. */
  readonly policyParameters: WasmBuffer;
  readonly observationMean: WasmBuffer;
  readonly observationScale: WasmBuffer;
}

/** A vector of the learner's state: its length, and what it begins with. */
interface StateVector {
  readonly size: number;
  readonly initial: number;
}

/** The gradient steps of an off-policy run, on the wasm device or on a GPU. */
export class ReplayLearner {
  /** Gradient steps taken. */
  updates = 0;
  readonly #request: ReplayLearnerRequest;
  readonly #buffers: ReadonlyMap<string, DeviceBuffer>;
  readonly #states: ReadonlyMap<string, StateVector>;
  /** Host copies of the state, when it lives on a GPU. */
  readonly #shadows = new Map<string, Float32Array>();
  readonly #steps: ReadonlyMap<string, LoadedProgram>;
  readonly #snapshot: LoadedProgram | undefined;
  /** Gathers a batch where the device does not share the rings' memory. */
  readonly #gather: LoadedWasmProgram | undefined;
  readonly #drawn: DrawnBuffers;
  readonly #random: { readonly shuffle: Int32Array; readonly update: Int32Array };

  private constructor(
    request: ReplayLearnerRequest, buffers: ReadonlyMap<string, DeviceBuffer>,
    states: ReadonlyMap<string, StateVector>, drawn: DrawnBuffers,
    programs: {
      steps: ReadonlyMap<string, LoadedProgram>; snapshot: LoadedProgram | undefined;
      gather: LoadedWasmProgram | undefined;
    },
  ) {
    this.#request = request;
    this.#buffers = buffers;
    this.#states = states;
    this.#drawn = drawn;
    this.#steps = programs.steps;
    this.#snapshot = programs.snapshot;
    this.#gather = programs.gather;
    this.#random = { shuffle: streamState(request.seed, "shuffle"), update: streamState(request.seed, "update") };
  }

  static async create(request: ReplayLearnerRequest): Promise<ReplayLearner> {
    const { host, device, replay, agent, hyperparameters: { batchSize, policyDelay, targetEvery } } = request;
    const local = device === host;
    const drawn: DrawnBuffers = {
      rows: host.allocate(batchSize, "i32"), nextRows: host.allocate(batchSize, "i32"),
      returns: host.allocate(batchSize, "f32"), continuations: host.allocate(batchSize, "f32"),
    };
    const rings = {
      ringObservations: replay.observations, ringActions: replay.actions,
      ...(replay.masks && { ringMasks: replay.masks }),
    };
    const batch: BatchRequest = { agent, batchSize, columns: request.columns, slots: replay.slots };
    const gather = local ? undefined : await host.load(batchProgram(batch), { ...rings, ...drawn });

    const states = stateVectors(request);
    const buffers = new Map<string, DeviceBuffer>();
    for (const [name, { size, initial }] of states) {
      const buffer = local && name === "policyParameters" ? request.policyParameters : device.allocate(size, "f32");
      if (initial !== 0) device.write(buffer, new Float32Array(size).fill(initial));
      buffers.set(name, buffer);
    }
    const numbers = {
      schedule: replayScheduledNames, criticMetrics: criticMetricNames, policyMetrics: namesOf(request),
    };
    for (const [name, { length }] of Object.entries(numbers)) buffers.set(name, device.allocate(length, "f32"));
    buffers.set("updateRandom", device.allocate(4, "i32"));
    const { observationMean, observationScale } = request;
    for (const [name, shared] of Object.entries({ observationMean, observationScale })) {
      buffers.set(name, local ? shared : device.allocate(shared.size, shared.dtype));
    }
    const own = local ? { ...rings, ...drawn } : {};
    const bindings: Record<string, DeviceBuffer> = { ...Object.fromEntries(buffers), ...own };

    const steps = new Map<string, LoadedProgram>();
    for (const parts of occurringParts(policyDelay, targetEvery)) {
      const program = replayStepProgram({ ...request, slots: local ? replay.slots : undefined }, parts);
      const loaded = await device.load(program, bindings);
      steps.set(keyOf(parts), loaded);
      // Batch columns that the first variant made serve the others, too.
      for (const name of program.inputs.keys()) bindings[name] ??= loaded.buffer(name);
    }
    const snapshot = request.snapshots ? await device.load(snapshotProgram(agent), bindings) : undefined;
    const all = new Map([...buffers, ...Object.entries(bindings)]);
    return new ReplayLearner(request, all, states, drawn, { steps, snapshot, gather });
  }

  get programs(): readonly LoadedProgram[] {
    return [...this.#steps.values()];
  }

  /** What a checkpoint keeps, by name. */
  get stateNames(): readonly string[] {
    return [...this.#states.keys()];
  }

  /** Begins an iteration with its scheduled values. */
  begin(schedule: Readonly<Record<ReplayScheduledName, number>>): void {
    const { device, host, observationMean, observationScale } = this.#request;
    this.#write("schedule", Float32Array.from(replayScheduledNames, (name) => schedule[name]));
    this.#write("criticMetrics", new Float32Array(criticMetricNames.length));
    this.#write("policyMetrics", new Float32Array(namesOf(this.#request).length));
    if (device === host) return;
    this.#write("observationMean", observationMean.view());
    this.#write("observationScale", observationScale.view());
  }

  /** One gradient step on a fresh batch, with pauses. */
  *step(): Work {
    const { device, replay, hyperparameters } = this.#request;
    const { returnSteps, discount, snapshotEvery, policyDelay, targetEvery } = hyperparameters;
    if (this.#snapshot && this.updates % snapshotEvery === 0) this.#snapshot.run();
    this.#random.shuffle[2] = this.updates;
    this.#random.update[2] = this.updates;
    replay.draw(this.#random.shuffle, returnSteps, discount, this.#drawn);
    if (this.#gather) this.#send(this.#gather);
    this.#write("updateRandom", this.#random.update);
    this.updates++;
    const parts = partsOf(this.updates, policyDelay, targetEvery);
    yield* runSliced(this.#steps.get(keyOf(parts))!, 1, device.kind);
  }

  /** Brings the parameters that act back from a GPU. */
  async downloadPolicy(): Promise<void> {
    const { device, host, policyParameters } = this.#request;
    if (device === host) return;
    host.write(policyParameters, await device.read(this.#buffers.get("policyParameters")!));
  }

  /** The means of the iteration's metrics. Throws `numerical-failure` when one of these is not finite. */
  async finish(): Promise<Record<string, number>> {
    const { device, host } = this.#request;
    const changed = device === host ? [] : this.stateNames;
    const names = ["criticMetrics", "policyMetrics", ...changed];
    const [criticMetrics, policyMetrics, ...states] =
      await device.readAll(names.map((name) => this.#buffers.get(name)!)) as Float32Array[];
    const metrics = {
      ...meansOf(criticMetrics!, criticMetricNames), ...meansOf(policyMetrics!, namesOf(this.#request)),
    };
    checkFinite(metrics);
    changed.forEach((name, i) => this.#shadows.set(name, states[i]!));
    return metrics;
  }

  /** A copy of a state vector, as of the last `finish`. */
  state(name: string): Float32Array {
    const shadow = this.#shadows.get(name);
    if (shadow) return shadow;
    const buffer = this.#buffers.get(name)!;
    const { device, host } = this.#request;
    if (device === host) return (buffer as WasmBuffer).view().slice() as Float32Array;
    return new Float32Array(buffer.size).fill(this.#states.get(name)!.initial);
  }

  /** Puts a state vector in place: first weights, or saved ones. */
  setState(name: string, values: Float32Array): void {
    const { device, host, policyParameters } = this.#request;
    this.#write(name, values);
    if (device === host) return;
    this.#shadows.set(name, values);
    if (name === "policyParameters") host.write(policyParameters, values);
  }

  dispose(): void {
    for (const loaded of this.#steps.values()) loaded.dispose();
    this.#snapshot?.dispose();
  }

  #send(gather: LoadedWasmProgram): void {
    gather.run();
    for (const name of gather.program.outputs.keys()) this.#write(name, gather.buffer(name).view());
    this.#write("returns", this.#drawn.returns.view());
    this.#write("continuations", this.#drawn.continuations.view());
  }

  #write(name: string, values: Float32Array | Int32Array): void {
    const buffer = this.#buffers.get(name);
    if (buffer) this.#request.device.write(buffer, values);
  }
}

/** What gradient step number `update`, from 1, moves beside the critics. */
function partsOf(update: number, policyDelay: number, targetEvery: number): ReplayStepParts {
  return { policy: update % policyDelay === 0, targets: update % targetEvery === 0 };
}

/** Every kind of step that comes up in a run, each once. */
function occurringParts(policyDelay: number, targetEvery: number): ReplayStepParts[] {
  const kinds = new Map<string, ReplayStepParts>();
  for (let update = 1; update <= policyDelay * targetEvery && kinds.size < 4; update++) {
    const parts = partsOf(update, policyDelay, targetEvery);
    kinds.set(keyOf(parts), parts);
  }
  return [...kinds.values()];
}

function keyOf({ policy, targets }: ReplayStepParts): string {
  return `${policy} ${targets}`;
}

function namesOf({ agent }: Pick<ReplayLearnerRequest, "agent">): readonly string[] {
  return agent.head.kind === "deterministic" ? deterministicMetricNames : policyMetricNames;
}

/** Parameters, their optimizers' states and the slower copies, by name. */
function stateVectors(request: ReplayLearnerRequest): Map<string, StateVector> {
  const { agent, critics, objective, optimizer, hyperparameters: { temperature }, snapshots } = request;
  const states = new Map<string, StateVector>();
  const add = (name: string, size: number, initial = 0): void => {
    states.set(name, { size, initial });
  };
  const addOptimizer = (prefix: string, count: number): void => {
    for (const [name, { size, initial }] of Object.entries(optimizer.stateSizes(count))) {
      add(`${prefix}.${name}`, size, initial);
    }
  };
  add("policyParameters", agent.policyParameterCount);
  addOptimizer("policy", agent.policyParameterCount);
  add("criticParameters", critics.parameterCount);
  addOptimizer("critic", critics.parameterCount);
  add("targetParameters", critics.target.count);
  if (agent.head.kind === "deterministic") add("targetPolicyParameters", agent.policyParameterCount);
  if (snapshots) add("oldPolicyParameters", agent.policyParameterCount);
  if (objective.proposal) {
    add("proposalParameters", agent.policyParameterCount);
    addOptimizer("proposal", agent.policyParameterCount);
  }
  if (temperature === "learned") {
    add("logTemperature", 1);
    addOptimizer("temperature", 1);
  }
  return states;
}
