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

/** MuJoCo itself, a promise of it, or the function that the package exports. */
export type MujocoSource = object | Promise<object> | (() => Promise<object>);

let source: MujocoSource | undefined;
let loaded: Promise<Mujoco> | undefined;

/**
 * Hands in MuJoCo, for pages without an import map or with a copy of their own:
 *
 *     import loadMujoco from "https://.../mujoco.js";
 *     useMujoco(() => loadMujoco({ wasmBinary }));
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

async function load(): Promise<Mujoco> {
  const module = await (typeof source === "function" ? source() : source ?? importPackage());
  if (typeof (module as Partial<Mujoco>).MjModel?.from_xml_string === "function") return module as Mujoco;
  throw new BregmanError("missing-dependency",
    "useMujoco: expected the module that @mujoco/mujoco's default export loads, or a function that loads it");
}

async function importPackage(): Promise<object> {
  // A specifier that bundlers do not see: the package is optional.
  const name = "@mujoco/mujoco";
  let imported: { readonly default: () => Promise<object> };
  try {
    imported = await import(/* @vite-ignore */ name) as typeof imported;
  } catch (error) {
    throw new BregmanError("missing-dependency",
      `MuJoCo tasks need the package ${name}: npm install ${name}. In a page, add it to the import map, or hand it ` +
      `in with useMujoco() of "bregman/mujoco". (${messageOf(error)})`);
  }
  return imported.default();
}
