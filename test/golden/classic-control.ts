import recording from "./classic-control.json" with { type: "json" };

/** An episode that Gymnasium 1.4.0 played: states are float64 (after reset, then after each step). */
export interface GoldenEpisode {
  readonly seed: number;
  readonly policy: string;
  readonly initialState: readonly number[];
  readonly actions: readonly (number | readonly number[])[];
  readonly states: readonly (readonly number[])[];
  readonly observations: readonly (readonly number[])[];
  readonly rewards: readonly number[];
  readonly terminated: readonly boolean[];
  readonly truncated: readonly boolean[];
}

/** A tabular task's `env.P`: transitions[state][action] lists [probability, next state, reward, terminated]. */
export interface GoldenTable {
  readonly states: number;
  readonly actions: number;
  readonly maxEpisodeSteps: number | null;
  readonly initial: readonly number[];
  readonly transitions: Record<string, Record<string, readonly (readonly [number, number, number, boolean])[]>>;
}

/** Recordings from Gymnasium; the file names its source. */
export const golden = recording as unknown as {
  readonly source: string;
  readonly episodes: Record<string, readonly GoldenEpisode[]>;
  readonly tabular: Record<string, GoldenTable>;
};
