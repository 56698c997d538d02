/** A live view of MuJoCo's memory; of length 0 once that memory has grown. */
export type View = Float64Array;
/** A compiled model. Handles are freed by `delete`. */
export interface Model {
    readonly nq: number;
    readonly nv: number;
    readonly nu: number;
    readonly body_mass: View;
    readonly opt: {
        readonly timestep: number;
    };
    delete(): void;
}
/** The state of one simulation, and all that is computed from it. */
export interface Data {
    readonly time: number;
    readonly warning: {
        size(): number;
        get(index: number): {
            readonly number: number;
            readonly lastinfo: number;
            delete(): void;
        };
        delete?(): void;
    };
    delete(): void;
}
interface Buffer {
    GetView(): View;
    delete(): void;
}
export interface Mujoco {
    readonly MjModel: {
        from_xml_string(xml: string): Model;
    };
    readonly MjData: new (model: Model) => Data;
    readonly DoubleBuffer: {
        FromArray(values: ArrayLike<number>): Buffer;
    };
    readonly mjtState: {
        readonly mjSTATE_INTEGRATION: {
            readonly value: number;
        };
    };
    mj_step(model: Model, data: Data): void;
    mj_forward(model: Model, data: Data): void;
    mj_resetData(model: Model, data: Data): void;
    mj_rnePostConstraint(model: Model, data: Data): void;
    mj_stateSize(model: Model, signature: number): number;
    mj_getState(model: Model, data: Data, state: Buffer, signature: number): void;
    mj_setState(model: Model, data: Data, state: View, signature: number): void;
}
/** MuJoCo itself, the package's module, its default export, or a function that gives one of these. */
export type MujocoSource = object | Promise<object> | (() => object | Promise<object>);
/**
 * Hands in MuJoCo, for pages without an import map or with a copy of their own:
 *
 *     useMujoco(() => import("https://.../mujoco.js"));
 *
 * Without it the package is imported by its name when a task first needs it.
 */
export declare function useMujoco(given: MujocoSource): void;
/** MuJoCo, loaded once. Throws `missing-dependency`, with the line that installs it. */
export declare function loadMujoco(): Promise<Mujoco>;
export {};
