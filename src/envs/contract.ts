import { BregmanError, editDistance, type BregmanErrorCode } from "../error.ts";

/** What an environment promises, rule by rule: the promise, and how a broken one is mended. */
export const contract = {
  "object": ["An environment is an object with observationSpace, actionSpace, reset and step.",
    "pass such an object, or a function that makes one"],
  "spaces": ["Spaces are { kind, ... }: box, discrete, multi-discrete, multi-binary, dict or tuple.",
    "write the space in one of these forms"],
  "bounds": ["low and high of a box are numbers or have one an element, and low never exceeds high.",
    "correct low and high"],
  "methods": ["reset(options) and step(action) are functions.", "write the method"],
  "agents": ["With agents, reset and step give arrays with an entry an agent.",
    "return arrays in the order of agents, also for agents that are out"],
  "synchronous": ["reset and step return their result, not a promise.", "load before training what is needed"],
  "runs": ["reset does not throw, nor step for an action inside the action space.", "look into the environment's code"],
  "reset-result": ["reset returns { observation, info }.", "return { observation, info: {} }"],
  "step-result": ["step returns { observation, reward, terminated, truncated, info }.", "return all of these fields"],
  "endings": ["terminated: the task came to its end; truncated: the episode was cut, by a time limit say.",
    "return both at every step, terminated: done and truncated: false, unless a limit cut"],
  "flags": ["terminated and truncated are true or false.", "return a comparison, or Boolean(value)"],
  "reward": ["A reward is a finite number.", "look for a division by zero or an unset value"],
  "observation-numbers": ["Observations consist of numbers.", "code names and switches as numbers"],
  "observation-finite": ["Every number of an observation is finite, as float32 too.",
    "look for a division by zero or an unset value"],
  "observation-form": ["An observation has the length, keys and kind that its space says.",
    "change the observation, or the shape or keys of observationSpace"],
  "observation-range": ["An observation lies within its space.", "widen low and high, or clip the value"],
  "observation-fresh": ["A returned observation is not written into later.", "return a copy, array.slice()"],
  "mask-name": ["Which actions are allowed is told by info.actionMask.", "rename it"],
  "mask-length": ["info.actionMask has a 0 or 1 for each option of each choice.",
    "give as many entries as the action space has options"],
  "mask-open": ["info.actionMask leaves an option of every choice.", "allow an action that does nothing"],
  "mask-always": ["A mask is given always or never, as in the first reset.", "give it from every reset and step"],
  "seed": ["All randomness comes from reset({ seed }): the same seed and actions give the same passage.",
    "draw from a generator that reset seeds, not Math.random, and set every variable in reset"],
  "save-and-restore": ["save and restore come together.", "write the other one, or take both away"],
  "save-bytes": ["save returns a Uint8Array.", "return new Uint8Array(Float64Array.of(...).buffer), say"],
  "restore": ["restore brings back everything that the next steps depend on.",
    "save counters and the random generator's state too"],
  "close": ["close may be called twice.", "let a second call do nothing"],
} as const;

export type ContractRule = keyof typeof contract;

/** A broken promise, as checkEnv reports it. */
export interface Problem {
  readonly rule: ContractRule;
  /** For instance "step 3". */
  readonly where: string;
  /** What was seen. */
  readonly seen: string;
  /** The promise, as the contract has it. */
  readonly contract: string;
  readonly mend: string;
}

/** The error of a broken promise; `mend` where more is known than the contract tells. */
export function fault(
  rule: ContractRule, where: string, seen: string, { code = "invalid-environment", mend }:
    { code?: BregmanErrorCode; mend?: string | undefined } = {},
): BregmanError {
  return new BregmanError(code, `${where}: ${seen}`, { rule, where, seen, mend });
}

/** What a fault carries, where an error is one. */
export function faultOf(error: unknown): Omit<Problem, "contract" | "mend"> & { readonly mend?: string } | undefined {
  return error instanceof BregmanError && "rule" in error ? error as never : undefined;
}

/** The property that stands where `wanted` is missing: another spelling of it, or a known other name. */
export function misnamed(given: object, wanted: string, otherNames: readonly string[] = []): string | undefined {
  const target = plain(wanted);
  return namesOf(given).find((name) =>
    name !== wanted && (otherNames.includes(name) || editDistance(plain(name), target) <= 2));
}

/** Small letters alone, with two common abbreviations written out. */
function plain(name: string): string {
  const letters = name.toLowerCase().replace(/[^a-z]/g, "");
  return letters.replace(/^obs(?!erv)/, "observation").replace(/^act(?!ion)/, "action");
}

/** Own names, and those of a class. */
function namesOf(given: object): string[] {
  const prototype = Object.getPrototypeOf(given) as object | null;
  const isClass = prototype && prototype !== Object.prototype && prototype !== Array.prototype;
  return [...Object.getOwnPropertyNames(given), ...isClass ? namesOf(prototype) : []];
}
