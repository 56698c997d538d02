import type { Space } from "./spaces.js";
/**
 * Throws `invalid-action` unless `actions` are the actions of `count` copies in a row: integers of their ranges, or
 * finite numbers (which may lie outside the box: environments clip).
 */
export declare function checkActions(space: Space, actions: ArrayLike<number>, count: number, name: string): void;
