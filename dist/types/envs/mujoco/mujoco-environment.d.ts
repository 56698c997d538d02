import type { SingleEnvironment } from "../single-environment.js";
import { type BoxSpace } from "../spaces.js";
/** A MuJoCo task with its options. It holds no handle of MuJoCo: only the copies made of it do. */
export interface MujocoSource {
    readonly observationSpace: BoxSpace;
    readonly actionSpace: BoxSpace;
    /** Makes copies that share one model, which is freed with the last of them. */
    copies(): (seed?: number) => SingleEnvironment;
}
/**
 * A task by its name, for instance "Hopper-v5". Options have Gymnasium's names in camel case, and `maxEpisodeSteps`;
 * `healthyRewardAlways: true` gives the reward for being healthy also on the last step, as the versions before v5 do.
 * Throws `missing-dependency` without MuJoCo, `unknown-option` and `invalid-option`.
 */
export declare function mujocoSource(name: string, given?: Readonly<Record<string, unknown>>): Promise<MujocoSource>;
