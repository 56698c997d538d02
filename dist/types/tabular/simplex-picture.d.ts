/** A path of distributions over three actions, and how it is named. */
export interface SimplexPath {
    readonly name: string;
    readonly policies: readonly ArrayLike<number>[];
}
export interface SimplexPicture {
    readonly title: string;
    readonly subtitle?: string;
    /** What stands at the corners. */
    readonly actions?: readonly [string, string, string];
    /** Its level lines are drawn, faintly: the values of the actions. */
    readonly signal?: ArrayLike<number>;
    readonly width?: number;
}
/**
 * The simplex of three actions as a triangle, one corner an action, with the paths of policies on it: a line each, a
 * dot each iterate. The same input gives the same text; inks read on white and on dark pages.
 */
export declare function simplexSvg(paths: readonly SimplexPath[], picture: SimplexPicture): string;
