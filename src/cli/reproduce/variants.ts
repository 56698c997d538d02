/**
 * What the paper compares: six tasks, and under each label an algorithm with the paper's constants for the task.
 * On-policy methods need none: their sizes are the presets of these tasks.
 */
import { taskOf } from "./published.ts";

export const paperTasks = [
  "Hopper-v5", "Walker2d-v5", "HalfCheetah-v5", "Ant-v5", "Humanoid-v5", "HumanoidStandup-v5",
] as const;

export interface Variant {
  readonly label: string;
  /** An id of the library's. */
  readonly algorithm: string;
  readonly fidelity?: "paper-code";
  readonly envs?: number;
  /** The hyperparameters that are given, over the algorithm's defaults, its preset and the code level. */
  hyperparameters(env: string): Readonly<Record<string, unknown>>;
}

/**
 * Off-policy constants, one a task: the paper's Bregman step, which is 1 / t_k (Table 4), and its Tsallis index q (for
 * the loaded versions; for the minimal ones only Ant's is known, and is the same). Confirmed by others who copied them
 * are the steps of Walker2d and HalfCheetah and the indices of Walker2d and HumanoidStandup; the others are recalled.
 */
const constants: Readonly<Record<string, { readonly inverseStepSize: number; readonly tsallisIndex: number }>> = {
  Hopper: { inverseStepSize: 0.8, tsallisIndex: 1 },
  Walker2d: { inverseStepSize: 0.4, tsallisIndex: 2 },
  HalfCheetah: { inverseStepSize: 0.3, tsallisIndex: 1 },
  Ant: { inverseStepSize: 0.5, tsallisIndex: 2 },
  Humanoid: { inverseStepSize: 0.5, tsallisIndex: 1.2 },
  HumanoidStandup: { inverseStepSize: 0.3, tsallisIndex: 1.4 },
};

/** For tasks that the paper does not have. */
const otherwise = { inverseStepSize: 0.5, tsallisIndex: 2 };

/** lambda = 0.2 on all tasks, a value network, and 10 000 uniformly random actions first. */
const offPolicy = { temperature: 0.2, valueNetwork: true, warmupSteps: 10_000 };

function mdpoOffPolicy(env: string, map: "kl" | "tsallis"): Record<string, unknown> {
  const { inverseStepSize, tsallisIndex } = constants[taskOf(env)] ?? otherwise;
  return { stepSize: 1 / inverseStepSize, tsallisIndex: map === "kl" ? 1 : tsallisIndex, ...offPolicy };
}

const none = () => ({});

/** Those that `bregman reproduce` runs unless it is told which. */
export const paperVariants: readonly Variant[] = [
  { label: "mdpo", algorithm: "mdpo", hyperparameters: none },
  { label: "trpo", algorithm: "trpo", hyperparameters: none },
  { label: "ppo", algorithm: "ppo", hyperparameters: none },
  { label: "mdpo-kl", algorithm: "mdpo-off-policy", envs: 1, hyperparameters: (env) => mdpoOffPolicy(env, "kl") },
  {
    label: "mdpo-tsallis", algorithm: "mdpo-off-policy", envs: 1,
    hyperparameters: (env) => mdpoOffPolicy(env, "tsallis"),
  },
  { label: "sac", algorithm: "sac", envs: 1, hyperparameters: () => offPolicy },
];

/** The same with the departures of the authors' code, where there are some. */
export const codeVariants: readonly Variant[] = paperVariants
  .filter(({ label }) => label.startsWith("mdpo"))
  .map((variant) => ({ ...variant, label: `${variant.label}-paper-code`, fidelity: "paper-code" }));

/** The label whose paper result stands beside a label's. */
export function publishedLabel(label: string): string {
  return label.replace(/-paper-code$/, "");
}

/** The variant of a label, or the algorithm of that id with its own defaults. */
export function findVariant(name: string): Variant {
  return [...paperVariants, ...codeVariants].find(({ label }) => label === name)
    ?? { label: name, algorithm: name, hyperparameters: none };
}

/** The label whose runs a label's would repeat on a task: the Tsallis divergence with index 1 is KL. */
export function sameRunsAs(label: string, env: string): string | undefined {
  const other = label.replace("tsallis", "kl");
  if (other === label) return undefined;
  const [own, kl] = [findVariant(label), findVariant(other)].map((each) => JSON.stringify(each.hyperparameters(env)));
  return own === kl ? other : undefined;
}
