import { BregmanError, type BregmanErrorCode } from "../error.js";
/** What an environment promises, rule by rule: the promise, and how a broken one is mended. */
export declare const contract: {
    readonly object: readonly ["An environment is an object with observationSpace, actionSpace, reset and step.", "pass such an object, or a function that makes one"];
    readonly spaces: readonly ["Spaces are { kind, ... }: box, discrete, multi-discrete, multi-binary, dict or tuple.", "write the space in one of these forms"];
    readonly bounds: readonly ["low and high of a box are numbers or have one an element, and low never exceeds high.", "correct low and high"];
    readonly methods: readonly ["reset(options) and step(action) are functions.", "write the method"];
    readonly agents: readonly ["With agents, reset and step give arrays with an entry an agent.", "return arrays in the order of agents, also for agents that are out"];
    readonly synchronous: readonly ["reset and step return their result, not a promise.", "load before training what is needed"];
    readonly runs: readonly ["reset does not throw, nor step for an action inside the action space.", "look into the environment's code"];
    readonly "reset-result": readonly ["reset returns { observation, info }.", "return { observation, info: {} }"];
    readonly "step-result": readonly ["step returns { observation, reward, terminated, truncated, info }.", "return all of these fields"];
    readonly endings: readonly ["terminated: the task came to its end; truncated: the episode was cut, by a time limit say.", "return both at every step, terminated: done and truncated: false, unless a limit cut"];
    readonly flags: readonly ["terminated and truncated are true or false.", "return a comparison, or Boolean(value)"];
    readonly reward: readonly ["A reward is a finite number.", "look for a division by zero or an unset value"];
    readonly "observation-numbers": readonly ["Observations consist of numbers.", "code names and switches as numbers"];
    readonly "observation-finite": readonly ["Every number of an observation is finite, as float32 too.", "look for a division by zero or an unset value"];
    readonly "observation-form": readonly ["An observation has the length, keys and kind that its space says.", "change the observation, or the shape or keys of observationSpace"];
    readonly "observation-range": readonly ["An observation lies within its space.", "widen low and high, or clip the value"];
    readonly "observation-fresh": readonly ["A returned observation is not written into later.", "return a copy, array.slice()"];
    readonly "mask-name": readonly ["Which actions are allowed is told by info.actionMask.", "rename it"];
    readonly "mask-length": readonly ["info.actionMask has a 0 or 1 for each option of each choice.", "give as many entries as the action space has options"];
    readonly "mask-open": readonly ["info.actionMask leaves an option of every choice.", "allow an action that does nothing"];
    readonly "mask-always": readonly ["A mask is given always or never, as in the first reset.", "give it from every reset and step"];
    readonly seed: readonly ["All randomness comes from reset({ seed }): the same seed and actions give the same passage.", "draw from a generator that reset seeds, not Math.random, and set every variable in reset"];
    readonly "save-and-restore": readonly ["save and restore come together.", "write the other one, or take both away"];
    readonly "save-bytes": readonly ["save returns a Uint8Array.", "return new Uint8Array(Float64Array.of(...).buffer), say"];
    readonly restore: readonly ["restore brings back everything that the next steps depend on.", "save counters and the random generator's state too"];
    readonly close: readonly ["close may be called twice.", "let a second call do nothing"];
};
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
export declare function fault(rule: ContractRule, where: string, seen: string, { code, mend }?: {
    code?: BregmanErrorCode;
    mend?: string | undefined;
}): BregmanError;
/** What a fault carries, where an error is one. */
export declare function faultOf(error: unknown): (Omit<Problem, "contract" | "mend"> & {
    readonly mend?: string;
}) | undefined;
/** The property that stands where `wanted` is missing: another spelling of it, or a known other name. */
export declare function misnamed(given: object, wanted: string, otherNames?: readonly string[]): string | undefined;
