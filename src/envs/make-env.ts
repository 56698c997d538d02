import { createInstance } from "../devices/wasm-instance.ts";
import { BregmanError } from "../error.ts";
import { checkSeed } from "../random/streams.ts";
import type { BuiltinVectorEnvironment, VectorOptions } from "./builtin.ts";
import { createBuiltinVectorEnvironment, createFromDefinition } from "./builtin.ts";
import { isMujocoTask } from "./mujoco/catalogue.ts";
import { openMujoco } from "./mujoco/open-mujoco.ts";
import type { EnvironmentOptions } from "./registry.ts";
import { defineEnvironment } from "./registry.ts";
import type { BuiltinAction, SingleEnvironment } from "./single-environment.ts";
import { whyOutside } from "./space-values.ts";
import { describe } from "./spaces.ts";
import type { VectorEnvironment } from "./vector-environment.ts";

type Phase = "new" | "running" | "ended";
const phases: readonly Phase[] = ["new", "running", "ended"];

/**
 * One copy of a built-in environment, with Gymnasium's semantics. `options.seed` (0) seeds the stream that `reset()`
 * without a seed draws from; the others are the environment's own (see `list("envs")`).
 * Throws `unknown-environment` or `unknown-option` with the nearest names.
 */
export async function makeEnv(
  name: string, { seed = 0, ...options }: { seed?: number } & EnvironmentOptions = {},
): Promise<SingleEnvironment> {
  checkSeed(seed);
  if (isMujocoTask(name)) return openMujoco(name, options).then(({ single }) => single(seed));
  const definition = defineEnvironment(name, options);
  return singleFace(createFromDefinition(await createInstance(), definition, 1, seed, false), seed);
}

/** Several copies of a built-in environment, stepped together, in an instance of their own; see `VectorEnvironment`. */
export async function makeVectorEnv(
  name: string, options: VectorOptions & EnvironmentOptions = {},
): Promise<VectorEnvironment> {
  const { count, seed = 0, ...own } = options;
  if (isMujocoTask(name)) {
    const opened = await openMujoco(name, own);
    return opened.create(await createInstance(), count ?? 1, seed);
  }
  defineEnvironment(name, own);
  return createBuiltinVectorEnvironment(await createInstance(), name, options);
}

function singleFace(vector: BuiltinVectorEnvironment, firstSeed: number): SingleEnvironment {
  const { name, observationSpace, actionSpace, definition } = vector;
  const discreteObservation = observationSpace.kind === "discrete";
  let phase: Phase = "new";
  let unseeded = true;

  const observation = (out?: Float32Array) => {
    if (discreteObservation) return vector.observations[0]!;
    if (!out) return vector.observations.slice();
    if (out.length !== vector.observations.length) {
      throw new BregmanError("invalid-shape",
        `${name}: out: expected a Float32Array(${vector.observations.length}), got ${describe(out)}`);
    }
    out.set(vector.observations);
    return out;
  };

  return {
    name, observationSpace, actionSpace,
    maxEpisodeSteps: definition.maxEpisodeSteps, rewardThreshold: definition.rewardThreshold,
    get state() {
      return Float64Array.from({ length: definition.stateSize }, (_, i) => vector.state[i * vector.stride]!);
    },
    // `any`: an object literal cannot give its setter a wider type than its getter.
    set state(value: any) {
      if (phase === "new") {
        throw new BregmanError("invalid-state",
          `${name}: state: call reset() before writing the state`);
      }
      checkState(vector, value);
      for (let i = 0; i < definition.stateSize; i++) vector.state[i * vector.stride] = value[i]!;
      vector.observe();
    },
    reset({ seed, out } = {}) {
      if (seed !== undefined) checkSeed(seed);
      // The instance was seeded and reset when it was made; the first reset must not consume a draw of that stream.
      vector.reset(seed ?? (unseeded ? firstSeed : undefined));
      unseeded = false;
      phase = "running";
      return { observation: observation(out), info: {} };
    },
    step(action, { out } = {}) {
      if (phase !== "running") {
        throw new BregmanError("invalid-state", phase === "new"
          ? `${name}: step: call reset() first`
          : `${name}: step: the episode is over; call reset() to start the next one`);
      }
      vector.step(actionNumbers(vector, action));
      const terminated = vector.terminated[0] === 1;
      const truncated = vector.truncated[0] === 1;
      if (terminated || truncated) phase = "ended";
      return { observation: observation(out), reward: vector.rewards[0]!, terminated, truncated, info: {} };
    },
    close() {
      vector.dispose();
    },
    save() {
      const bytes = vector.save();
      const saved = new Uint8Array(bytes.length + 2);
      saved.set(bytes);
      saved.set([phases.indexOf(phase), unseeded ? 1 : 0], bytes.length);
      return saved;
    },
    restore(bytes) {
      vector.restore(bytes.subarray(0, -2));
      const [savedPhase, savedUnseeded] = bytes.subarray(-2);
      phase = phases[savedPhase!] ?? "new";
      unseeded = savedUnseeded === 1;
    },
  };
}

function checkState({ name, definition, observationSpace }: BuiltinVectorEnvironment, value: ArrayLike<number>): void {
  const size = definition.stateSize;
  if (typeof value !== "object" || value === null || value.length !== size) {
    throw new BregmanError("invalid-state", `${name}: state: expected ${size} numbers, got ${describe(value)}`);
  }
  for (let i = 0; i < size; i++) {
    const states = observationSpace.kind === "discrete" ? observationSpace.n : undefined;
    const fits = states === undefined
      ? Number.isFinite(value[i])
      : Number.isInteger(value[i]) && value[i]! >= 0 && value[i]! < states;
    if (!fits) {
      const expected = states === undefined ? "a finite number" : `an integer from 0 to ${states - 1}`;
      throw new BregmanError("invalid-state", `${name}: state[${i}]: expected ${expected}, got ${describe(value[i])}`);
    }
  }
}

/** The action as the vector environment takes it. Numbers outside a box are passed on: the environment clips them. */
function actionNumbers({ name, actionSpace }: BuiltinVectorEnvironment, action: BuiltinAction): ArrayLike<number> {
  if (actionSpace.kind === "discrete") {
    const why = whyOutside(actionSpace, action);
    if (why !== undefined) throw new BregmanError("invalid-action", `${name}: action: ${why}`);
    return [action as number];
  }
  return typeof action === "number" ? [action] : action;
}
