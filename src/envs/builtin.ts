import type { WasmInstance } from "../devices/wasm-instance.ts";
import { expectCount } from "../check-options.ts";
import { BregmanError } from "../error.ts";
import { seedKey } from "../random/streams.ts";
import { checkActions } from "./actions.ts";
import type { MemoryBlock } from "./memory.ts";
import { allocateBlock } from "./memory.ts";
import type { EnvironmentDefinition, EnvironmentOptions } from "./registry.ts";
import { defineEnvironment } from "./registry.ts";
import { packState, unpackState } from "./saved-state.ts";
import { rawLayout } from "./spaces.ts";
import type { Table } from "./tables.ts";
import type { VectorEnvironment } from "./vector-environment.ts";

export interface VectorOptions {
  /** Parallel copies; 1 by default. */
  count?: number;
  /** 0 by default. */
  seed?: number;
}

/** Words in a copy's random generator: key0, key1, draw, salt. */
const generatorWords = 4;

/** What the single-environment face needs beyond `VectorEnvironment`. */
export interface BuiltinVectorEnvironment extends VectorEnvironment {
  readonly definition: EnvironmentDefinition;
  /** The address of what assembly/envs/layout.ts describes. */
  readonly header: number;
  /** The state, float64 [stateSize, stride]: component-major, `stride` is the count rounded up to even. */
  readonly state: Float64Array<ArrayBuffer>;
  readonly stride: number;
  /** Steps taken in each copy's running episode. */
  readonly elapsed: Int32Array<ArrayBuffer>;
  /** [key0, key1, draw, salt] of each copy. */
  readonly generators: Int32Array<ArrayBuffer>;
  /** Recomputes `observations` after a change of `state`. */
  observe(): void;
}

/**
 * Copies of a built-in environment in the memory of `instance`, seeded and reset. Copy i draws from (seed, environment
 * stream, salt i), so what it lives through does not depend on the number of copies.
 */
export function createBuiltinVectorEnvironment(
  instance: WasmInstance, name: string, { count = 1, seed = 0, ...options }: VectorOptions & EnvironmentOptions = {},
): BuiltinVectorEnvironment {
  return createFromDefinition(instance, defineEnvironment(name, options), count, seed, true);
}

/** As above; `restarts: false` leaves a copy where its episode ended. */
export function createFromDefinition(
  instance: WasmInstance, definition: EnvironmentDefinition, count: number, seed: number, restarts: boolean,
): BuiltinVectorEnvironment {
  expectCount("count", count);
  const { name, observationSpace, actionSpace, stateSize } = definition;
  const stride = count + (count % 2);
  const observation = rawLayout(observationSpace);
  const action = rawLayout(actionSpace);
  const observationType = observation.integer ? "i32" : "f32";
  const block = allocateBlock(instance, {
    state: ["f64", stateSize * stride],
    rewards: ["f64", stride, count],
    generators: ["i32", generatorWords * stride],
    elapsed: ["i32", stride],
    actions: [action.integer ? "i32" : "f32", action.size * stride, action.size * count],
    observations: [observationType, observation.size * stride, observation.size * count],
    finalObservations: [observationType, observation.size * stride, observation.size * count],
    terminated: ["u8", stride, count],
    truncated: ["u8", stride, count],
  });
  const sizes = { count, stride, observationSize: observation.size, restarts };
  const header = writeHeader(instance, definition, block, sizes);
  const owner = `${name} x ${count}`;
  let disposed = false;
  const alive = () => {
    if (disposed) throw new BregmanError("disposed", `${name}: the environment was disposed`);
  };

  const seedCopies = (value: number) => {
    const key = seedKey(value);
    const generators = block.view("generators");
    // The odd lane out is seeded too: what `save` returns then depends on nothing but the seed and what came after.
    for (let copy = 0; copy < stride; copy++) generators.set([...key, 0, copy], generatorWords * copy);
  };

  const environment: BuiltinVectorEnvironment = {
    name, count, observationSpace, actionSpace, definition, header, stride, resumable: true,
    actionMasks: undefined, finalActionMasks: undefined,
    get observations() { return block.view("observations"); },
    get finalObservations() { return block.view("finalObservations"); },
    get rewards() { return block.view("rewards"); },
    get terminated() { return block.view("terminated"); },
    get truncated() { return block.view("truncated"); },
    get actions() { return block.view("actions"); },
    get state() { return block.view("state"); },
    get elapsed() { return block.view("elapsed"); },
    get generators() { return block.view("generators"); },
    reset(value) {
      alive();
      if (value !== undefined) {
        block.bytes().fill(0);
        seedCopies(value);
      }
      instance.exports.env_reset!(header);
      block.view("terminated").fill(0);
      block.view("truncated").fill(0);
    },
    step(actions) {
      alive();
      if (actions !== undefined) {
        checkActions(actionSpace, actions, count, name);
        block.view("actions").set(actions);
      }
      instance.exports.env_step!(header);
    },
    observe() {
      alive();
      instance.exports.env_observe!(header);
    },
    save() {
      alive();
      return packState(owner, [block.bytes()]);
    },
    restore(bytes) {
      alive();
      const [section] = unpackState(owner, bytes);
      if (section?.length !== block.byteLength) {
        throw new BregmanError("checkpoint-mismatch",
          `${owner}: expected ${block.byteLength} bytes of state, got ${section?.length ?? 0}`);
      }
      block.bytes().set(section);
    },
    dispose() {
      disposed = true;
    },
  };
  environment.reset(seed);
  return environment;
}

interface Sizes {
  count: number;
  stride: number;
  observationSize: number;
  restarts: boolean;
}

/** The header that assembly/envs/layout.ts describes; returns its address. */
function writeHeader(
  instance: WasmInstance, definition: EnvironmentDefinition, block: Pick<MemoryBlock<any>, "addressOf">, sizes: Sizes,
): number {
  const header = instance.allocate(16 * 4);
  const table = definition.table ? writeTable(instance, definition.table) : 0;
  instance.int32(header, 16).set([
    definition.kind, sizes.count, definition.maxEpisodeSteps ?? 0, sizes.stride, sizes.observationSize,
    block.addressOf("state"), block.addressOf("generators"), block.addressOf("elapsed"), block.addressOf("actions"),
    block.addressOf("observations"), block.addressOf("finalObservations"), block.addressOf("rewards"),
    block.addressOf("terminated"), block.addressOf("truncated"), table, sizes.restarts ? 1 : 0,
  ]);
  return header;
}

/** The table of a tabular task as assembly/envs/tabular.ts reads it; returns the address of its header. */
function writeTable(instance: WasmInstance, { states, actions, initial, transitions }: Table): number {
  const lists = transitions.flat();
  const entries = lists.flat();
  const block = allocateBlock(instance, {
    probability: ["f64", entries.length],
    reward: ["f64", entries.length],
    initial: ["f64", states],
    offsets: ["i32", lists.length + 1],
    nextState: ["i32", entries.length],
    ended: ["u8", entries.length],
  });
  const header = instance.allocate(8 * 4);
  block.view("probability").set(entries.map(([probability]) => probability));
  block.view("nextState").set(entries.map(([, nextState]) => nextState));
  block.view("reward").set(entries.map(([, , reward]) => reward));
  block.view("ended").set(entries.map(([, , , terminated]) => (terminated ? 1 : 0)));
  block.view("initial").set(initial);
  const offsets = block.view("offsets");
  lists.forEach((list, i) => { offsets[i + 1] = offsets[i]! + list.length; });
  instance.int32(header, 8).set([
    states, actions, block.addressOf("offsets"), block.addressOf("probability"), block.addressOf("nextState"),
    block.addressOf("reward"), block.addressOf("ended"), block.addressOf("initial"),
  ]);
  return header;
}
