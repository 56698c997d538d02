import type { Hyperparameters } from "../agent/hyperparameters.js";
import { type Tensor } from "../tensor/index.js";
import type { Anchor, RenewalTime } from "./anchor.js";
/** The state of an anchor: its parameters if it has its own, and where a mean is weighed, the sum of the weights. */
export declare function anchorStates({ id, kept }: Anchor, parameterCount: number): Record<string, AnchorState>;
export interface AnchorState {
    readonly size: number;
    readonly initial: number;
}
export declare const anchorName: (id: string) => string;
export declare function anchorInput(id: string, parameterCount: number): Tensor;
/** What changes of an anchor at `time`, given the newest parameters; nothing while `active` is false. */
export declare function renewals({ id, kept, renewal }: Anchor, time: RenewalTime, parameters: Tensor, hyperparameters: Hyperparameters, active: Tensor | undefined): [Tensor, Tensor][];
