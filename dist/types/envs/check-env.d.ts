import type { EnvironmentSource } from "./environment.js";
/** What `checkEnv` looked at. */
export interface EnvironmentReport {
    readonly name: string;
    /** Steps taken per pass. */
    readonly steps: number;
    /** Whether training with it resumes to the same bits: it has `save` and `restore`. */
    readonly resumable: boolean;
    /** Remarks that do not make it invalid. */
    readonly notes: readonly string[];
}
/**
 * Checks an environment as Gymnasium's checker does: its spaces are well-formed; `reset` and `step` return all fields
 * with the right types, fresh observations inside the observation space and finite rewards; the same seed and actions
 * give the same passage; resets without a seed go on with the stream; `save` and `restore`, where given, continue to
 * the same values; action masks fit; `close` is safe twice. It closes the environment it was given: pass a function
 * that makes one to keep yours.
 *
 * @returns a report, when all is well
 * @throws BregmanError `invalid-environment`; its message and `problems` tell for each fault what was seen and where,
 * the line of the contract that it breaks (with a stable `rule`), and how to mend it
 */
export declare function checkEnv(source: EnvironmentSource, { steps, seed }?: {
    steps?: number;
    seed?: number;
}): EnvironmentReport;
