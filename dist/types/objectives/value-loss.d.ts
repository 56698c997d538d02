import { type Operand, type Tensor } from "../tensor/index.js";
/**
 * The critic's loss, minimized: mean (V - R)^2, or with a clip range c (the PPO authors' code)
 * mean max( (V - R)^2, (V_old + clip(V - V_old, -c, c) - R)^2 ). No factor 1/2: solvers weigh it.
 */
export declare function valueLoss(value: Tensor, target: Tensor, oldValue?: Tensor, clipRange?: Operand): Tensor;
