import type { WasmInstance } from "../devices/wasm-instance.ts";
import { BregmanError } from "../error.ts";
import { checkSeed, derivedSeed } from "../random/streams.ts";
import { checkActions } from "./actions.ts";
import { checkCount } from "./builtin.ts";
import type { VectorOptions } from "./builtin.ts";
import type { Environment, EnvironmentSource } from "./environment.ts";
import {
  actionMaskOf, checkEnvironmentShape, checkMask, checkObservation, checkResetResult, checkStepResult,
} from "./environment-checks.ts";
import { allocateBlock } from "./memory.ts";
import { packState, unpackState } from "./saved-state.ts";
import { flatten } from "./space-values.ts";
import type { Space, SpaceValue } from "./spaces.ts";
import { choices, lowAt, highAt, rawLayout } from "./spaces.ts";
import type { VectorEnvironment } from "./vector-environment.ts";

/**
 * A user's own environment as a `VectorEnvironment`, its arrays in the memory of `instance`. `source` is the
 * environment, or a function that makes one per copy. Call `reset(seed)` first. Everything the environment returns is
 * checked: a missing field, a value outside its space, a NaN or infinite number is a `BregmanError` that names
 * environment, copy and step. Copy i is reset once with a seed derived from (seed, i); later resets go on with its own
 * stream. Box actions are clipped to the box. Throws `invalid-option` when copies are asked of an environment that is
 * not a function making them.
 */
export function createObjectVectorEnvironment(
  instance: WasmInstance, source: EnvironmentSource, { count = 1, seed = 0 }: VectorOptions = {},
): VectorEnvironment {
  checkCount(count);
  checkSeed(seed);
  const copies = makeCopies(source, count);
  const { observationSpace, actionSpace } = copies[0]!;
  const name = copies[0]!.name ?? "own environment";
  const observation = rawLayout(observationSpace);
  const action = rawLayout(actionSpace);
  const maskSize = choices(actionSpace)?.reduce((sum, n) => sum + n, 0) ?? 0;
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
  });
  const resumable = copies.every(({ save, restore }) => typeof save === "function" && typeof restore === "function");
  const scratch = new Float32Array(observation.size);
  const steps = new Float64Array(count);
  /** `generation` counts how often fresh episodes replaced ones that could not be restored. */
  const progress = { seed, generation: 0, started: false, masked: false };
  let disposed = false;

  const alive = () => {
    if (disposed) throw new BregmanError("disposed", `${name}: the environment was disposed`);
  };
  const where = (copy: number) => `${name}${count > 1 ? ` (copy ${copy})` : ""}, step ${steps[copy]}`;

  const putObservation = (target: "observations" | "finalObservations", copy: number, value: SpaceValue) => {
    checkObservation(observationSpace, value, where(copy));
    writeRaw(observationSpace, value, block.view(target), observation.size * copy, scratch);
  };
  const putMask = (target: "masks" | "finalMasks", copy: number, mask: ArrayLike<number> | undefined) => {
    if (maskSize === 0) return;
    if (progress.masked !== (mask !== undefined)) {
      throw new BregmanError("invalid-environment", `${where(copy)}: info.actionMask: `
        + (mask ? "given, though the first reset gave none" : "missing, though the first reset gave one"));
    }
    if (mask === undefined) return;
    checkMask(mask, choices(actionSpace)!, where(copy));
    const view = block.view(target);
    for (let i = 0; i < maskSize; i++) view[maskSize * copy + i] = mask[i]! ? 1 : 0;
  };
  const resetCopy = (copy: number, value: number | undefined, first: boolean) => {
    const result = copies[copy]!.reset(value === undefined ? {} : { seed: value });
    checkResetResult(result, where(copy));
    putObservation("observations", copy, result.observation);
    if (first && copy === 0) progress.masked = maskSize > 0 && actionMaskOf(result) !== undefined;
    putMask("masks", copy, actionMaskOf(result));
  };
  const stepCopy = (copy: number) => {
    const result = copies[copy]!.step(readAction(actionSpace, block.view("actions"), action.size * copy));
    steps[copy]!++;
    checkStepResult(result, where(copy));
    block.view("rewards")[copy] = result.reward;
    block.view("terminated")[copy] = result.terminated ? 1 : 0;
    block.view("truncated")[copy] = result.truncated ? 1 : 0;
    putObservation("finalObservations", copy, result.observation);
    const ended = result.terminated || result.truncated;
    if (progress.masked && ended && actionMaskOf(result) === undefined) openFinalMask(copy);
    else putMask("finalMasks", copy, actionMaskOf(result));
    if (ended) return resetCopy(copy, undefined, false);
    copyRow("observations", "finalObservations", copy, observation.size);
    if (progress.masked) copyRow("masks", "finalMasks", copy, maskSize);
  };
  const copyRow = (
    to: "observations" | "masks", from: "finalObservations" | "finalMasks", copy: number, size: number,
  ) => {
    block.view(to).set(block.view(from).subarray(size * copy, size * (copy + 1)), size * copy);
  };
  /** Nothing is chosen after the end, so an environment may leave that mask out. */
  const openFinalMask = (copy: number) => {
    block.view("finalMasks").fill(1, maskSize * copy, maskSize * (copy + 1));
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
    reset(value) {
      alive();
      if (value !== undefined) checkSeed(value);
      const first = !progress.started;
      const seeded = value ?? (first ? progress.seed : undefined);
      if (seeded !== undefined) Object.assign(progress, { seed: seeded, generation: 0 });
      for (let copy = 0; copy < count; copy++) {
        steps[copy] = 0;
        resetCopy(copy, seeded === undefined ? undefined : derivedSeed(seeded, copy), first);
        block.view("terminated")[copy] = 0;
        block.view("truncated")[copy] = 0;
      }
      progress.started = true;
    },
    step(actions) {
      alive();
      if (!progress.started) throw new BregmanError("invalid-state", `${name}: step: call reset() first`);
      if (actions !== undefined) {
        checkActions(actionSpace, actions, count, name);
        block.view("actions").set(actions);
      }
      for (let copy = 0; copy < count; copy++) stepCopy(copy);
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
      const fits = numbers?.length === 8 * (4 + count) && own.length === (resumable ? count : 0);
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

function makeCopies(source: EnvironmentSource, count: number): Environment[] {
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
  } else if (space.kind === "dict" || space.kind === "tuple") {
    flatten(space, value, scratch);
    out.set(scratch, at);
  } else {
    out.set(value as ArrayLike<number>, at);
  }
}

/** The action as the environment expects it: a number, or a fresh array; boxes clipped. */
function readAction(space: Space, actions: Float32Array | Int32Array, at: number): SpaceValue {
  const { size } = rawLayout(space);
  if (space.kind === "discrete") return actions[at]!;
  const own = actions.slice(at, at + size);
  if (space.kind === "box") {
    for (let i = 0; i < size; i++) own[i] = Math.min(Math.max(own[i]!, lowAt(space, i)), highAt(space, i));
  }
  return own;
}
