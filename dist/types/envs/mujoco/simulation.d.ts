import type { Model, Mujoco, View } from "./package.js";
/** Handles of MuJoCo that are not freed yet: models and simulations. */
export declare function handleCount(): number;
/** A compiled model that several simulations share: it is freed with the last of them. */
export declare class SharedModel {
    #private;
    readonly mujoco: Mujoco;
    readonly handle: Model;
    /** Mass of each body. */
    readonly masses: Float64Array;
    /** Throws `invalid-model` with MuJoCo's own words. */
    constructor(mujoco: Mujoco, xml: string, name: string);
    use(): void;
    get isFreed(): boolean;
    release(): void;
}
/** The arrays of the state that tasks read, by MuJoCo's names. */
export type ArrayName = "qpos" | "qvel" | "ctrl" | "xpos" | "xipos" | "site_xpos" | "cinert" | "cvel" | "qfrc_actuator" | "cfrc_ext" | "qfrc_constraint";
/** One simulation: a state, its views, and the steps. */
export declare class Simulation {
    #private;
    readonly model: SharedModel;
    constructor(model: SharedModel, name: string);
    get timestep(): number;
    /** An array of the state as a live view, taken anew where MuJoCo's memory has grown. */
    view(name: ArrayName): View;
    /** The model's first state, with time 0 and without what earlier steps left behind. */
    reset(): void;
    /** Computes all that follows from qpos and qvel. */
    forward(): void;
    /**
     * `count` steps under `action`, which MuJoCo limits to the range of the controls. Throws `simulation-diverged`, with
     * MuJoCo's warning, where the state stops being one: MuJoCo then begins anew from the first state by itself.
     */
    step(action: ArrayLike<number>, count: number, withForces: boolean, where: () => string): void;
    /** Everything that the next steps depend on, as float64. */
    save(): Float64Array<ArrayBuffer>;
    /** Continues where `save` was called, to the same bits. Throws `checkpoint-mismatch` for another model's state. */
    restore(state: Float64Array): void;
    /** Safe twice. */
    dispose(): void;
}
