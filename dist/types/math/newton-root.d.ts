/**
 * Where a function passes 0 between `low` and `high`, negative beyond the root: Newton's steps from `start`, and halves
 * of the bracket where they leave it or gain too little. `f` gives value and slope.
 */
export declare function newtonRoot(f: (x: number) => readonly [value: number, slope: number], low: number, high: number, start: number): number;
