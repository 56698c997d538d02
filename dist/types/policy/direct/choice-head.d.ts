import type { ActingMemory } from "./acting-memory.js";
import type { DirectHead, HeadRow } from "./direct-head.js";
import type { ChoicePlan } from "./head-plan.js";
/** One categorical distribution a choice. A sample is the argmax of log-probabilities plus Gumbel noise. */
export declare class ChoiceHead implements DirectHead {
    #private;
    /** Elements that it asks of the memory. */
    static floats({ outputs }: ChoicePlan): number;
    constructor(memory: ActingMemory, { choices, outputs }: ChoicePlan);
    act({ network, action, mask, row, random }: HeadRow): void;
}
