/**
 * What the commands need of the library. The real one is src/index.ts, which lies beside the command line in dist/ and
 * is imported by main.ts alone; tests hand in a small one of their own.
 */

export interface UpdateRecord {
  readonly step: number;
  readonly episodes: number;
  /** Mean over the episodes that ended in this update; null or NaN when none did. */
  readonly meanReturn: number | null;
  readonly meanLength: number | null;
  readonly stepsPerSecond: number;
  readonly losses: Readonly<Record<string, number>>;
}

/** The part of the summary that a trainer knows by itself. */
export interface TrainerSummary {
  readonly env: string;
  readonly algorithm: string;
  readonly device: string;
  readonly deviceReason: string;
  readonly seed: number;
  /** Environment steps taken so far, over all copies. */
  readonly steps: number;
  /** What `fidelity: "paper-code"` switched on. */
  readonly switched?: readonly string[];
}

export interface Policy {
  save(): Uint8Array;
  parametersHash(): string;
}

export interface Trainer {
  /** One iteration. */
  update(): Promise<UpdateRecord>;
  readonly isDone: boolean;
  /** The environment steps that were asked for. */
  readonly totalSteps: number;
  readonly policy: Policy;
  summary(): TrainerSummary;
  checkpoint(): Promise<Uint8Array>;
  stateHash(): string;
  dispose(): void;
}

export interface TrainerOptions {
  algorithm?: string;
  steps?: number;
  seed?: number;
  device?: string;
  threads?: "auto" | number;
  envs?: number;
  codeLevel?: string;
  fidelity?: string;
  overlap?: boolean;
  hyperparameters?: Record<string, unknown>;
  resume?: Uint8Array;
  extend?: boolean;
}

export interface Evaluation {
  readonly episodes: number;
  readonly mean: number;
  readonly std: number;
  readonly returns: ArrayLike<number>;
}

/** One thing that `list` knows: its id (or, where people know it by its name alone, its name) and facts about it. */
export interface ListEntry {
  readonly id?: string;
  readonly name?: string;
  /** A method's six. */
  readonly choices?: Readonly<Record<string, unknown>>;
}

/** What a list entry is called on the command line. */
export function idOf({ id, name }: ListEntry): string {
  return id ?? name ?? "";
}

export const LIST_KINDS = ["algorithms", "envs", "objectives", "estimators"] as const;
export type ListKind = (typeof LIST_KINDS)[number];

export interface Library {
  /** With `resume`, whatever is left out (the environment too) comes from the checkpoint. */
  createTrainer(env: string | undefined, options: TrainerOptions): Promise<Trainer>;
  /** Without `env`: the environment that the policy was trained on. */
  evaluate(policy: Policy, env: string | undefined, options: { episodes: number; seed: number }): Promise<Evaluation>;
  load(bytes: Uint8Array): Promise<Policy>;
  exportOnnx(policy: Policy, options: { sampled: boolean; actionMask: boolean }): Promise<Uint8Array>;
  list(kind: ListKind): readonly ListEntry[];
}
