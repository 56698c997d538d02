import recording from "./mujoco.json" with { type: "json" };

/** An episode that MuJoCo 3.14.0 played: the state set first, then the controls and what each step led to. */
export interface MujocoEpisode {
  readonly qpos0: readonly number[];
  readonly qvel0: readonly number[];
  readonly actions: readonly (readonly number[])[];
  readonly qpos: readonly (readonly number[])[];
  readonly qvel: readonly (readonly number[])[];
  /** After the contact forces were computed, of the first four steps; only where a task reads them. */
  readonly cfrc_ext?: readonly (readonly number[])[];
  readonly cinert?: readonly (readonly number[])[];
  readonly cvel?: readonly (readonly number[])[];
  readonly qfrc_actuator?: readonly (readonly number[])[];
  readonly xipos?: readonly (readonly number[])[];
}

export interface MujocoTaskRecording {
  readonly frameSkip: number;
  /** The compiled model's arrays, flattened, and its options. */
  readonly model: Readonly<Record<string, unknown>> & {
    readonly opt: Readonly<Record<string, unknown>>; readonly timestep: number; readonly body_mass: readonly number[];
  };
  readonly episodes: readonly MujocoEpisode[];
}

/** Recordings of @mujoco/mujoco on the models of Gymnasium's v5 tasks; the file names its source. */
export const golden = recording as unknown as {
  readonly source: string;
  readonly notes: string;
  readonly tasks: Readonly<Record<string, MujocoTaskRecording>>;
};
