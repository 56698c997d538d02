import { BregmanError, messageOf } from "../../error.ts";

// The official package "@mujoco/mujoco", an optional peer: what of it is used, and how it comes here.

/** A live view of MuJoCo's memory; of length 0 once that memory has grown. */
export type View = Float64Array;

/** A compiled model. Handles are freed by `delete`. */
export interface Model {
  readonly nq: number;
  readonly nv: number;
  readonly nu: number;
  readonly body_mass: View;
  readonly opt: { readonly timestep: number };
  delete(): void;
}

/** The state of one simulation, and all that is computed from it. */
export interface Data {
  readonly time: number;
  readonly warning: {
    size(): number;
    get(index: number): { readonly number: number; readonly lastinfo: number; delete(): void };
    delete?(): void;
  };
  delete(): void;
}

interface Buffer {
  GetView(): View;
  delete(): void;
}

export interface Mujoco {
  readonly MjModel: { from_xml_string(xml: string): Model };
  readonly MjData: new (model: Model) => Data;
  readonly DoubleBuffer: { FromArray(values: ArrayLike<number>): Buffer };
  readonly mjtState: { readonly mjSTATE_INTEGRATION: { readonly value: number } };
  mj_step(model: Model, data: Data): void;
  mj_forward(model: Model, data: Data): void;
  mj_resetData(model: Model, data: Data): void;
  mj_rnePostConstraint(model: Model, data: Data): void;
  mj_stateSize(model: Model, signature: number): number;
  mj_getState(model: Model, data: Data, state: Buffer, signature: number): void;
  mj_setState(model: Model, data: Data, state: View, signature: number): void;
}

/** MuJoCo itself, the package's module, its default export, or a function that gives one of these. */
export type MujocoSource = object | Promise<object> | (() => object | Promise<object>);

let source: MujocoSource | undefined;
let loaded: Promise<Mujoco> | undefined;

/**
 * Hands in MuJoCo, for pages without an import map or with a copy of their own:
 *
 *     useMujoco(() => import("https://.../mujoco.js"));
 *
 * Without it the package is imported by its name when a task first needs it.
 */
export function useMujoco(given: MujocoSource): void {
  source = given;
  loaded = undefined;
}

/** MuJoCo, loaded once. Throws `missing-dependency`, with the line that installs it. */
export function loadMujoco(): Promise<Mujoco> {
  loaded ??= load().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

const advice = "npm install @mujoco/mujoco; in a page, add it to the import map, or hand it in with useMujoco() of " +
  '"bregman/mujoco"';

async function load(): Promise<Mujoco> {
  // A specifier that bundlers do not see: the package is optional.
  const name = "@mujoco/mujoco";
  try {
    return await resolve(source ?? await import(/* @vite-ignore */ name), 3);
  } catch (error) {
    throw new BregmanError("missing-dependency",
      `MuJoCo tasks need the package ${name}: ${advice}. (${messageOf(error)})`);
  }
}

/** Follows default exports, functions and promises, at most `steps` of them, to MuJoCo itself. */
async function resolve(given: MujocoSource, steps: number): Promise<Mujoco> {
  const value = await (typeof given === "function" ? (given as () => object | Promise<object>)() : given);
  if (typeof (value as Partial<Mujoco>)?.MjModel?.from_xml_string === "function") return value as Mujoco;
  const next = typeof value === "function" ? value : (value as { readonly default?: MujocoSource })?.default;
  if (next === undefined || steps === 0) {
    throw new Error("what was handed in is neither MuJoCo nor something that loads it");
  }
  return resolve(next, steps - 1);
}
