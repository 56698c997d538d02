import type { Space, SpaceValue } from "./spaces.js";
/** Numbers of an action, and whether all of them are integers: rows with parts are float32, whatever the parts are. */
export declare function actionLayout(space: Space): {
    size: number;
    integer: boolean;
};
/** The action of a row that begins at `at`, as environments take it: boxes clipped, arrays fresh. */
export declare function actionAt(space: Space, row: Float32Array | Int32Array, at?: number): SpaceValue;
/** Copies `count` actions, those of boxes clipped. */
export declare function clipActions(space: Space, actions: ArrayLike<number>, count: number, out: Float32Array | Int32Array): void;
/**
 * Throws `invalid-action` unless `actions` are the actions of `count` copies in a row: integers of their ranges, or
 * finite numbers (which may lie outside the box: environments clip).
 */
export declare function checkActions(space: Space, actions: ArrayLike<number>, count: number, name: string): void;
