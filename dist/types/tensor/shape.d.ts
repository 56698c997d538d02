/** Sizes per axis, row-major; `[]` is a scalar. */
export type Shape = readonly number[];
export declare function sizeOf(shape: Shape): number;
export declare function sameShape(a: Shape, b: Shape): boolean;
/** Row-major strides in elements. */
export declare function contiguousStrides(shape: Shape): number[];
/** The shape to which both broadcast, by NumPy's rule. Throws `invalid-shape` when there is none. */
export declare function broadcastShapes(a: Shape, b: Shape, what: string): number[];
/** Axis as a number from 0, counting negative ones from the end. */
export declare function normalizeAxis(axis: number, rank: number, what: string): number;
/** Sorted, distinct axes; all of them when none is given. */
export declare function normalizeAxes(axes: number | readonly number[] | undefined, rank: number, what: string): number[];
export declare function checkShape(shape: Shape, what: string): void;
