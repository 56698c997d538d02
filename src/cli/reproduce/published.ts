/**
 * What was published about the tasks of the plan, as numbers.
 *
 * The paper's: Tomar, Shani, Efroni, Ghavamzadeh, "Mirror Descent Policy Optimization", its main tables for the
 * "loaded" versions, and what could be recovered of those for the minimal ones. Five seeds on the -v2 tasks of OpenAI
 * Gym; the interval is 1.96 standard errors; on-policy methods ran 10 million steps. A figure is "confirmed" when it
 * was read in the paper's text or in a note on it, "recalled" when it is from memory and agrees with all that is
 * confirmed, but was not read again. What could not be recovered is missing here.
 */

export type Evidence = "confirmed" | "recalled";

export interface PublishedResult {
  readonly mean: number;
  /** Half the width of the interval. */
  readonly halfWidth: number;
  readonly meanEvidence: Evidence;
  readonly intervalEvidence: Evidence;
}

/** Mean, half width, and the evidence of each: C confirmed, R recalled. */
type Cell = readonly [mean: number, halfWidth: number, evidence: "CC" | "CR" | "RR"];
type Table = Readonly<Record<string, Readonly<Record<string, Cell>>>>;

const loaded: Table = {
  Hopper: {
    "mdpo": [2361, 518, "RR"], "trpo": [1979, 672, "RR"], "ppo": [2051, 241, "RR"],
    "mdpo-off-policy-kl": [2428, 395, "RR"], "mdpo-off-policy-tsallis": [2428, 395, "RR"], "sac": [1870, 404, "RR"],
  },
  Walker2d: {
    "mdpo": [4834, 607, "RR"], "trpo": [4473, 558, "RR"], "ppo": [1490, 292, "RR"],
    "mdpo-off-policy-kl": [3591, 366, "RR"], "mdpo-off-policy-tsallis": [4028, 287, "RR"], "sac": [3738, 312, "RR"],
  },
  HalfCheetah: {
    "mdpo": [4172, 1156, "RR"], "trpo": [3751, 910, "RR"], "ppo": [2041, 1319, "RR"],
    "mdpo-off-policy-kl": [11823, 154, "RR"], "mdpo-off-policy-tsallis": [11823, 154, "CR"], "sac": [11928, 342, "CR"],
  },
  Ant: {
    "mdpo": [5211, 43, "CC"], "trpo": [4682, 278, "CC"], "ppo": [59, 133, "CC"],
    "mdpo-off-policy-kl": [4434, 749, "RR"], "mdpo-off-policy-tsallis": [5486, 737, "RR"], "sac": [4989, 579, "RR"],
  },
  Humanoid: {
    "mdpo": [3234, 566, "CC"], "trpo": [4414, 132, "CC"], "ppo": [529, 47, "RR"],
    "mdpo-off-policy-kl": [5323, 348, "RR"], "mdpo-off-policy-tsallis": [5611, 260, "RR"], "sac": [5191, 312, "RR"],
  },
  HumanoidStandup: {
    "mdpo": [155261, 3898, "RR"], "trpo": [149847, 2632, "RR"], "ppo": [97223, 4479, "RR"],
    "mdpo-off-policy-kl": [143955, 4499, "RR"], "mdpo-off-policy-tsallis": [165882, 16604, "CC"],
    "sac": [154765, 11721, "CC"],
  },
};

const minimal: Table = {
  Hopper: { "mdpo": [1964, 217, "CC"], "trpo": [2382, 445, "CC"] },
  Walker2d: { "mdpo": [2948, 298, "CC"], "trpo": [2454, 171, "CC"], "ppo": [424, 92, "CC"] },
  Ant: { "mdpo-off-policy-tsallis": [2348, 338, "CC"], "sac": [378, 33, "CC"] },
};

/** The paper's result for a label of the plan, if it is known. */
export function publishedResult(env: string, label: string, codeLevel: string): PublishedResult | undefined {
  const cell = lookUp(codeLevel === "minimal" ? minimal : loaded, taskOf(env), label);
  if (!cell) return undefined;
  const [mean, halfWidth, evidence] = cell;
  const word = (sign: string | undefined): Evidence => (sign === "C" ? "confirmed" : "recalled");
  return { mean, halfWidth, meanEvidence: word(evidence[0]), intervalEvidence: word(evidence[1]) };
}

/** Results of other libraries after 1 million steps, with the spread over seeds. */
export interface OtherResult {
  readonly library: string;
  readonly source: string;
  readonly mean: number;
  readonly spread: number;
}

type OtherTable = Readonly<Record<string, Readonly<Record<string, readonly [mean: number, spread: number]>>>>;

const others: readonly { library: string; source: string; results: OtherTable }[] = [
  {
    library: "CleanRL", source: "its documentation: -v4 tasks, 3 seeds, mean return while training",
    results: {
      Hopper: { ppo: [2383, 272], sac: [2310, 343], td3: [3135, 360], ddpg: [1577, 819] },
      Walker2d: { ppo: [2288, 572], sac: [3591, 911], td3: [4058, 659], ddpg: [1240, 390] },
      HalfCheetah: { ppo: [1443, 46], sac: [9635, 1424], td3: [9583, 126], ddpg: [10374, 157] },
      Humanoid: { ppo: [716, 49], sac: [4996, 686], td3: [5035, 22], ddpg: [1700, 694] },
      InvertedPendulum: { ppo: [963, 22] },
    },
  },
  {
    library: "Tianshou", source: "its benchmark: -v3 tasks, 10 seeds, the highest average return",
    results: {
      Hopper: { ppo: [2609, 701], trpo: [2046, 1038], sac: [3542, 52], td3: [3472, 117], ddpg: [2197, 972] },
      Walker2d: { ppo: [3589, 757], trpo: [3827, 783], sac: [5007, 252], td3: [3982, 275], ddpg: [1401, 905] },
      HalfCheetah: {
        ppo: [5784, 1244], trpo: [4471, 805], sac: [12139, 1049], td3: [10201, 773], ddpg: [11719, 466],
      },
      Ant: { ppo: [3258, 1079], trpo: [2867, 708], sac: [5850, 476], td3: [5116, 800] },
      Humanoid: { ppo: [787, 194], trpo: [810, 126], sac: [5489, 81], td3: [5190, 179] },
    },
  },
];

/** What other libraries report for an algorithm on a task. */
export function otherResults(env: string, algorithm: string): OtherResult[] {
  return others.flatMap(({ library, source, results }) => {
    const cell = lookUp(results, taskOf(env), algorithm);
    return cell ? [{ library, source, mean: cell[0], spread: cell[1] }] : [];
  });
}

/** A task without its version. */
export function taskOf(env: string): string {
  return env.replace(/-v\d+$/, "");
}

function lookUp<T>(table: Readonly<Record<string, Readonly<Record<string, T>>>>, task: string, name: string) {
  const row = Object.hasOwn(table, task) ? table[task]! : {};
  return Object.hasOwn(row, name) ? row[name] : undefined;
}
