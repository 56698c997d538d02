import { BregmanError, nearest } from "../../error.ts";
import { checkSeed } from "../../random/streams.ts";
import type { ResetOptions, ResetResult, StepResult } from "../environment.ts";
import type { OutOption, SingleEnvironment } from "../single-environment.ts";
import { packState, unpackState } from "../saved-state.ts";
import { describe, type BoxSpace } from "../spaces.ts";
import { mujocoTasks } from "./catalogue.ts";
import { loadMujoco } from "./package.ts";
import { SharedModel, Simulation } from "./simulation.ts";
import { Draws, Row, type Task, type TaskOptions } from "./task.ts";
import { tasks } from "./tasks.ts";

/** A MuJoCo task with its options. It holds no handle of MuJoCo: only the copies made of it do. */
export interface MujocoSource {
  readonly observationSpace: BoxSpace;
  readonly actionSpace: BoxSpace;
  /** Makes copies that share one model, which is freed with the last of them. */
  copies(): (seed?: number) => SingleEnvironment;
}

/**
 * A task by its name, for instance "Hopper-v5". Options have Gymnasium's names in camel case, and `maxEpisodeSteps`;
 * `healthyRewardAlways: true` gives the reward for being healthy also on the last step, as the versions before v5 do.
 * Throws `missing-dependency` without MuJoCo, `unknown-option` and `invalid-option`.
 */
export async function mujocoSource(
  name: string, given: Readonly<Record<string, unknown>> = {},
): Promise<MujocoSource> {
  const task = tasks[name]!;
  const options = resolveOptions(name, task, given);
  const mujoco = await loadMujoco();
  const compiled = (): SharedModel => new SharedModel(mujoco, task.model(options), name);
  const maxEpisodeSteps = given.maxEpisodeSteps === undefined
    ? task.maxEpisodeSteps
    : given.maxEpisodeSteps as number | null;
  const { control } = mujocoTasks[name]!;
  const probe = new Row();
  const simulation = new Simulation(compiled(), name);
  simulation.forward();
  task.observe(simulation, probe, options);
  const controls = simulation.view("ctrl").length;
  simulation.dispose();
  const observationSpace: BoxSpace = { kind: "box", shape: [probe.length], low: -Infinity, high: Infinity };
  const actionSpace: BoxSpace = { kind: "box", shape: [controls], low: -control, high: control };
  const facts = { name, task, options, maxEpisodeSteps, observationSpace, actionSpace };
  return {
    observationSpace, actionSpace,
    copies() {
      let shared: SharedModel | undefined;
      return (seed = 0) => {
        if (!shared || shared.isFreed) shared = compiled();
        return new MujocoEnvironment({ ...facts, shared }, seed);
      };
    },
  };
}

function resolveOptions(name: string, task: Task, given: Readonly<Record<string, unknown>>): any {
  const { maxEpisodeSteps, ...own } = given;
  const isLimit = maxEpisodeSteps == null || (Number.isSafeInteger(maxEpisodeSteps) && Number(maxEpisodeSteps) >= 1);
  if (!isLimit) {
    throw new BregmanError("invalid-option",
      `maxEpisodeSteps: expected a positive integer or null, got ${describe(maxEpisodeSteps)}`);
  }
  const known = task.defaults as TaskOptions;
  for (const [key, value] of Object.entries(own)) {
    if (!Object.hasOwn(known, key)) {
      const names = nearest(key, ["maxEpisodeSteps", ...Object.keys(known)]).join(", ");
      throw new BregmanError("unknown-option", `unknown option ${JSON.stringify(key)} of ${name}; nearest: ${names}`);
    }
    const why = whyNot(known[key]!, value);
    if (why) throw new BregmanError("invalid-option", `${key}: expected ${why}, got ${describe(value)}`);
  }
  const options: TaskOptions = { ...known, ...own as TaskOptions };
  if (!Number.isSafeInteger(options.frameSkip) || (options.frameSkip as number) < 1) {
    throw new BregmanError("invalid-option",
      `frameSkip: expected a positive integer, got ${String(options.frameSkip)}`);
  }
  return options;
}

/** What an option is expected to be, where `value` is not of the kind of its default. */
function whyNot(known: TaskOptions[string], value: unknown): string | undefined {
  if (typeof known === "boolean") return typeof value === "boolean" ? undefined : "true or false";
  const isNumber = (x: unknown): boolean => typeof x === "number" && !Number.isNaN(x);
  if (typeof known === "number") return isNumber(value) ? undefined : "a number";
  const isRange = Array.isArray(value) && value.length === 2 && value.every(isNumber) && value[0] <= value[1];
  return isRange ? undefined : "a range [low, high]";
}

interface Facts {
  readonly name: string;
  readonly task: Task;
  readonly options: any;
  readonly shared: SharedModel;
  readonly maxEpisodeSteps: number | null;
  readonly observationSpace: BoxSpace;
  readonly actionSpace: BoxSpace;
}

const phases = ["new", "running", "ended"] as const;

/** One copy of a task, with Gymnasium's semantics. Its `state` is qpos, then qvel. */
class MujocoEnvironment implements SingleEnvironment {
  readonly name: string;
  readonly observationSpace: BoxSpace;
  readonly actionSpace: BoxSpace;
  readonly maxEpisodeSteps: number | null;
  readonly rewardThreshold: number | null;
  readonly #facts: Facts;
  readonly #simulation: Simulation;
  #random: Draws;
  #phase: (typeof phases)[number] = "new";
  #elapsed = 0;
  /** Where the task measured itself last: what the next velocity is taken from. */
  #position: readonly number[] = [];
  #closed = false;

  /** The first `reset()` without a seed takes `seed`. */
  constructor(facts: Facts, seed: number) {
    this.#random = new Draws(seed);
    const { name, observationSpace, actionSpace, maxEpisodeSteps, shared } = facts;
    this.name = name;
    this.observationSpace = observationSpace;
    this.actionSpace = actionSpace;
    this.maxEpisodeSteps = maxEpisodeSteps;
    this.rewardThreshold = mujocoTasks[name]!.rewardThreshold;
    this.#facts = facts;
    this.#simulation = new Simulation(shared, name);
  }

  get state(): Float64Array<ArrayBuffer> {
    this.#check();
    return Float64Array.from([...this.#simulation.view("qpos"), ...this.#simulation.view("qvel")]);
  }

  // `any`: a setter's type may not be wider than its getter's.
  set state(value: any) {
    this.#check();
    if (this.#phase === "new") {
      throw new BregmanError("invalid-state", `${this.name}: state: call reset() before writing the state`);
    }
    const { nq, nv } = this.#facts.shared.handle;
    if (typeof value !== "object" || value === null || value.length !== nq + nv) {
      throw new BregmanError("invalid-state",
        `${this.name}: state: expected ${nq + nv} numbers (qpos, then qvel), got ${describe(value)}`);
    }
    for (let i = 0; i < nq + nv; i++) {
      if (Number.isFinite(value[i])) continue;
      throw new BregmanError("invalid-state",
        `${this.name}: state[${i}]: expected a finite number, got ${describe(value[i])}`);
    }
    this.#place((qpos, qvel) => {
      for (let i = 0; i < nq; i++) qpos[i] = value[i];
      for (let i = 0; i < nv; i++) qvel[i] = value[nq + i];
    });
    this.#phase = "running";
  }

  reset({ seed, out }: ResetOptions & OutOption = {}): ResetResult<Float32Array> {
    this.#check();
    if (seed !== undefined) {
      checkSeed(seed);
      this.#random = new Draws(seed);
    }
    const { task, options } = this.#facts;
    this.#random.next();
    this.#place((qpos, qvel) => task.scatter(qpos, qvel, this.#random, options));
    this.#elapsed = 0;
    this.#phase = "running";
    return { observation: this.#observe(out), info: {} };
  }

  /**
   * The action goes to MuJoCo as it is, which limits it to the box; costs of actions are those of the action given, as
   * in Gymnasium. (Where copies run side by side, in training, actions are clipped to the box before.)
   */
  step(action: ArrayLike<number> | number, { out }: OutOption = {}): StepResult<Float32Array> {
    this.#check();
    if (this.#phase !== "running") {
      throw new BregmanError("invalid-state", this.#phase === "new"
        ? `${this.name}: step: call reset() first`
        : `${this.name}: step: the episode is over; call reset() to start the next one`);
    }
    const { task, options } = this.#facts;
    const given = typeof action === "number" ? [action] : action;
    this.#checkAction(given);
    const before = this.#position;
    // Should this step fail there is nothing to go on from.
    this.#phase = "ended";
    this.#simulation.step(given, options.frameSkip, task.forces === true, () =>
      `${this.name}, step ${this.#elapsed + 1} of the episode`);
    this.#elapsed++;
    this.#position = task.position?.(this.#simulation) ?? [];
    const seconds = this.#simulation.timestep * options.frameSkip;
    const velocity = this.#position.map((x, i) => (x - before[i]!) / seconds);
    const { reward, terminated, info } = task.outcome(this.#simulation, given, velocity, options);
    const truncated = this.maxEpisodeSteps !== null && this.#elapsed >= this.maxEpisodeSteps;
    if (!terminated && !truncated) this.#phase = "running";
    return { observation: this.#observe(out), reward, terminated, truncated, info };
  }

  save(): Uint8Array<ArrayBuffer> {
    this.#check();
    const { key, draw } = this.#random;
    const counters = Float64Array.of(phases.indexOf(this.#phase), this.#elapsed, ...key, draw, ...this.#position);
    return packState(this.name, [bytesOf(this.#simulation.save()), bytesOf(counters)]);
  }

  restore(bytes: Uint8Array): void {
    this.#check();
    const [state, counters] = unpackState(this.name, bytes).map(numbersOf);
    if (!state || !counters || counters.length < 5) {
      throw new BregmanError("checkpoint-corrupt", `${this.name}: the saved state lacks a part`);
    }
    this.#simulation.restore(state);
    const [phase, elapsed, key0, key1, draw, ...position] = counters;
    this.#phase = phases[phase!] ?? "new";
    this.#elapsed = elapsed!;
    this.#random.key = [key0!, key1!];
    this.#random.draw = draw!;
    this.#position = position;
  }

  /** Frees the simulation; the model goes with the last of its copies. Safe twice. */
  close(): void {
    this.#closed = true;
    this.#simulation.dispose();
  }

  #check(): void {
    if (this.#closed) throw new BregmanError("disposed", `${this.name}: the environment was closed`);
  }

  /** A state that depends on nothing before: the model's first one, changed by `write`. */
  #place(write: (qpos: Float64Array, qvel: Float64Array) => void): void {
    const simulation = this.#simulation;
    simulation.reset();
    write(simulation.view("qpos"), simulation.view("qvel"));
    simulation.forward();
    this.#position = this.#facts.task.position?.(simulation) ?? [];
  }

  #observe(out?: Float32Array): Float32Array {
    const size = this.observationSpace.shape[0]!;
    if (out && out.length !== size) {
      throw new BregmanError("invalid-shape",
        `${this.name}: out: expected a Float32Array(${size}), got ${describe(out)}`);
    }
    const values = out ?? new Float32Array(size);
    this.#facts.task.observe(this.#simulation, new Row(values), this.#facts.options);
    return values;
  }

  #checkAction(action: ArrayLike<number>): void {
    const size = this.actionSpace.shape[0]!;
    if (typeof action !== "object" || action === null || action.length !== size) {
      throw new BregmanError("invalid-action",
        `${this.name}: action: expected ${size} numbers, got ${describe(action)}`);
    }
    for (let i = 0; i < size; i++) {
      if (Number.isFinite(action[i])) continue;
      throw new BregmanError("invalid-action",
        `${this.name}: action[${i}]: expected a finite number, got ${describe(action[i])}`);
    }
  }
}

function bytesOf(values: Float64Array<ArrayBuffer>): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function numbersOf(bytes: Uint8Array): Float64Array {
  return new Float64Array(bytes.slice().buffer, 0, Math.floor(bytes.length / 8));
}
