import type { ActingMemory } from "./acting-memory.js";
import type { DirectHead, HeadRow } from "./direct-head.js";
import type { BoxPlan } from "./head-plan.js";
/** A diagonal Gaussian, squashed or not, or a deterministic policy; in units of the half box where it has a scale. */
export declare class BoxHead implements DirectHead {
    #private;
    /** Elements that it asks of the memory. */
    static floats({ size, featureCount }: BoxPlan): number;
    constructor(memory: ActingMemory, plan: BoxPlan);
    act(given: HeadRow): void;
}
