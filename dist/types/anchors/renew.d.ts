import type { Hyperparameters } from "../agent/hyperparameters.js";
import { type Tensor } from "../tensor/index.js";
import type { Anchor, RenewalTime } from "./anchor.js";
/** The state of an anchor: its parameters, and where a mean is weighed, the sum of the weights. */
export declare function anchorStates(name: string, anchor: Anchor, parameterCount: number): Record<string, AnchorState>;
export interface AnchorState {
    readonly size: number;
    readonly initial: number;
}
export declare const anchorName: (name: string) => string;
export declare function anchorInput(name: string, parameterCount: number): Tensor;
/** What changes of an anchor at `time`, given the newest parameters; nothing while `active` is false. */
export declare function renewals(name: string, { renewal }: Anchor, time: RenewalTime, parameters: Tensor, hyperparameters: Hyperparameters, active: Tensor | undefined): [Tensor, Tensor][];
