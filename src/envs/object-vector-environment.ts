import type { WasmInstance } from "../devices/wasm-instance.ts";
import { BregmanError } from "../error.ts";
import { checkSeed, derivedSeed } from "../random/streams.ts";
import { actionAt, actionLayout, checkActions } from "./actions.ts";
import { agentCount, agentName, resetAgents, stepAgents } from "./agents.ts";
import { expectCount } from "../check-options.ts";
import type { VectorOptions } from "./builtin.ts";
import type { EnvironmentSource, OwnEnvironment, ResetResult, StepResult } from "./environment.ts";
import {
  actionMaskOf, checkEnvironmentShape, checkMask, checkMaskPresence, checkObservation, nameOf,
} from "./environment-checks.ts";
import { allocateBlock } from "./memory.ts";
import { packState, unpackState } from "./saved-state.ts";
import { flatten } from "./space-values.ts";
import type { Space, SpaceValue } from "./spaces.ts";
import { choices, hasParts, maskLength, rawLayout } from "./spaces.ts";
import type { VectorEnvironment } from "./vector-environment.ts";

/**
 * A user's own environment as a `VectorEnvironment`, its arrays in the memory of `instance`. `source` is the
 * environment, or a function that makes one per copy. Call `reset(seed)` first. Everything the environment returns is
 * checked: a missing field, a value outside its space, a NaN or infinite number is a `BregmanError` that names
 * environment, copy and step. Copy i is reset once with a seed derived from (seed, i); later resets go on with its own
 * stream. Box actions are clipped to the box. Throws `invalid-option` when copies are asked of an environment that is
 * not a function making them.
 *
 * Where several agents act in an environment each is a lane, a copy of its own to whoever steps them: `count` is then
 * the number of lanes, those of one environment side by side. A lane whose agent is out waits, with its last
 * observation, a reward of 0 and no flag, until all agents of its environment are out and the next episode begins.
 */
export function createObjectVectorEnvironment(
  instance: WasmInstance, source: EnvironmentSource, { count: copyCount = 1, seed = 0 }: VectorOptions = {},
): VectorEnvironment {
  expectCount("count", copyCount);
  checkSeed(seed);
  const copies = makeCopies(source, copyCount);
  const agents = agentCount(copies[0]!);
  const count = copyCount * agents;
  const { observationSpace, actionSpace } = copies[0]!;
  const name = nameOf(copies[0]!);
  const observation = rawLayout(observationSpace);
  const action = actionLayout(actionSpace);
  const maskSize = maskLength(actionSpace);
  const observationType = observation.integer ? "i32" : "f32";
  const block = allocateBlock(instance, {
    rewards: ["f64", count],
    actions: [action.integer ? "i32" : "f32", action.size * count],
    observations: [observationType, observation.size * count],
    finalObservations: [observationType, observation.size * count],
    terminated: ["u8", count],
    truncated: ["u8", count],
    masks: ["u8", maskSize * count],
    finalMasks: ["u8", maskSize * count],
    waiting: ["u8", agents > 1 ? count : 0],
  });
  const resumable = copies.every(({ save, restore }) => typeof save === "function" && typeof restore === "function");
  const scratch = new Float32Array(observation.size);
  const steps = new Float64Array(copyCount);
  /** `generation` counts how often fresh episodes replaced ones that could not be restored. */
  const progress = { seed, generation: 0, started: false, masked: false };
  let disposed = false;

  const alive = () => {
    if (disposed) throw new BregmanError("disposed", `${name}: the environment was disposed`);
  };
  const where = (copy: number, agent = -1) => {
    const lane = [copyCount > 1 ? `copy ${copy}` : undefined, agent < 0 ? undefined : agentName(copies[copy]!, agent)];
    const named = lane.filter((part) => part !== undefined).join(", ");
    return `${name}${named && ` (${named})`}, step ${steps[copy]}`;
  };

  const putObservation = (
    target: "observations" | "finalObservations", lane: number, value: SpaceValue, at: string,
  ) => {
    checkObservation(observationSpace, value, at);
    writeRaw(observationSpace, value, block.view(target), observation.size * lane, scratch);
  };
  const putMask = (target: "masks" | "finalMasks", lane: number, mask: ArrayLike<number> | undefined, at: string) => {
    if (maskSize === 0) return;
    checkMaskPresence(mask, progress.masked, at);
    if (mask === undefined) return;
    checkMask(mask, choices(actionSpace)!, at);
    const view = block.view(target);
    for (let i = 0; i < maskSize; i++) view[maskSize * lane + i] = mask[i]! ? 1 : 0;
  };
  const resetCopy = (copy: number, value: number | undefined, first: boolean) => {
    const results = resetAgents(copies[copy]!, value === undefined ? {} : { seed: value }, where(copy));
    if (first && copy === 0) progress.masked = maskSize > 0 && actionMaskOf(results[0]!) !== undefined;
    results.forEach((result, agent) => beginLane(copy * agents + agent, result, where(copy, agent)));
  };
  const beginLane = (lane: number, result: ResetResult<any>, at: string) => {
    putObservation("observations", lane, result.observation, at);
    putMask("masks", lane, actionMaskOf(result), at);
    if (agents > 1) block.view("waiting")[lane] = 0;
  };
  const stepCopy = (copy: number) => {
    const first = copy * agents;
    const chosen = block.view("actions");
    const actions = Array.from({ length: agents }, (_, i) => actionAt(actionSpace, chosen, action.size * (first + i)));
    const isOut = block.view("waiting").subarray(first, first + agents);
    steps[copy]!++;
    const results = stepAgents(copies[copy]!, actions, isOut, (agent) => where(copy, agent));
    let running = false;
    results.forEach((result, agent) => {
      if (!result) return stepNobody(first + agent);
      stepLane(first + agent, result, where(copy, agent));
      running ||= !(result.terminated || result.truncated);
    });
    if (!running) return resetCopy(copy, undefined, false);
    for (let lane = first; lane < first + agents; lane++) {
      copyRow("observations", "finalObservations", lane, observation.size);
      if (progress.masked) copyRow("masks", "finalMasks", lane, maskSize);
    }
  };
  const stepLane = (lane: number, result: StepResult<any>, at: string) => {
    block.view("rewards")[lane] = result.reward;
    block.view("terminated")[lane] = result.terminated ? 1 : 0;
    block.view("truncated")[lane] = result.truncated ? 1 : 0;
    putObservation("finalObservations", lane, result.observation, at);
    const ended = result.terminated || result.truncated;
    if (progress.masked && ended && actionMaskOf(result) === undefined) openFinalMask(lane);
    else putMask("finalMasks", lane, actionMaskOf(result), at);
    if (agents > 1 && ended) block.view("waiting")[lane] = 1;
  };
  const stepNobody = (lane: number) => {
    block.view("rewards")[lane] = 0;
    block.view("terminated")[lane] = 0;
    block.view("truncated")[lane] = 0;
  };
  const copyRow = (
    to: "observations" | "masks", from: "finalObservations" | "finalMasks", lane: number, size: number,
  ) => {
    block.view(to).set(block.view(from).subarray(size * lane, size * (lane + 1)), size * lane);
  };
  /** Nothing is chosen after the end, so an environment may leave that mask out. */
  const openFinalMask = (lane: number) => {
    block.view("finalMasks").fill(1, maskSize * lane, maskSize * (lane + 1));
  };

  return {
    name, count, observationSpace, actionSpace, resumable,
    get observations() { return block.view("observations"); },
    get finalObservations() { return block.view("finalObservations"); },
    get rewards() { return block.view("rewards"); },
    get terminated() { return block.view("terminated"); },
    get truncated() { return block.view("truncated"); },
    get actions() { return block.view("actions"); },
    get actionMasks() { return progress.masked ? block.view("masks") : undefined; },
    get finalActionMasks() { return progress.masked ? block.view("finalMasks") : undefined; },
    get waiting() { return agents > 1 ? block.view("waiting") : undefined; },
    reset(value) {
      alive();
      if (value !== undefined) checkSeed(value);
      const first = !progress.started;
      const seeded = value ?? (first ? progress.seed : undefined);
      if (seeded !== undefined) Object.assign(progress, { seed: seeded, generation: 0 });
      copies.forEach((_, copy) => {
        steps[copy] = 0;
        resetCopy(copy, seeded === undefined ? undefined : derivedSeed(seeded, copy), first);
      });
      block.view("terminated").fill(0);
      block.view("truncated").fill(0);
      progress.started = true;
    },
    step(actions) {
      alive();
      if (!progress.started) throw new BregmanError("invalid-state", `${name}: step: call reset() first`);
      if (actions !== undefined) {
        checkActions(actionSpace, actions, count, name);
        block.view("actions").set(actions);
      }
      for (let copy = 0; copy < copyCount; copy++) stepCopy(copy);
    },
    save() {
      alive();
      const { seed: last, generation, started, masked } = progress;
      const numbers = Float64Array.of(last, generation, Number(started), Number(masked), ...steps);
      const own = resumable ? copies.map((copy) => copy.save!()) : [];
      return packState(`${name} x ${count}`, [new Uint8Array(numbers.buffer), block.bytes(), ...own]);
    },
    restore(bytes) {
      alive();
      const [numbers, arrays, ...own] = unpackState(`${name} x ${count}`, bytes);
      const fits = numbers?.length === 8 * (4 + copyCount) && own.length === (resumable ? copyCount : 0);
      if (!fits || arrays?.length !== block.byteLength) {
        throw new BregmanError("checkpoint-mismatch",
          `${name}: the saved state is of an environment with other spaces, or one of the two has no save and restore`);
      }
      const [last, generation, started, masked, ...taken] = new Float64Array(numbers.slice().buffer);
      Object.assign(progress, { seed: last, generation, started: started === 1, masked: masked === 1 });
      steps.set(taken);
      block.bytes().set(arrays);
      if (resumable) return copies.forEach((copy, i) => copy.restore!(own[i]!));
      progress.generation++;
      copies.forEach((_, copy) => resetCopy(copy, derivedSeed(progress.seed, copy, progress.generation), false));
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      for (const copy of copies) copy.close?.();
    },
  };
}

function makeCopies(source: EnvironmentSource, count: number): OwnEnvironment[] {
  if (typeof source !== "function") {
    if (count > 1) {
      throw new BregmanError("invalid-option",
        `envs: ${count} copies need a function that makes an environment, e.g. () => ({ ... }); an object is one copy`);
    }
    checkEnvironmentShape(source);
    return [source];
  }
  const copies = Array.from({ length: count }, () => source());
  copies.forEach(checkEnvironmentShape);
  return copies;
}

/** Writes a checked value as it lies in the arrays: as it is, or flattened where it has parts. */
function writeRaw(
  space: Space, value: SpaceValue, out: Float32Array | Int32Array, at: number, scratch: Float32Array,
): void {
  if (space.kind === "discrete") {
    out[at] = value as number;
  } else if (hasParts(space)) {
    flatten(space, value, scratch);
    out.set(scratch, at);
  } else {
    out.set(value as ArrayLike<number>, at);
  }
}
