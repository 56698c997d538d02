/** Where a decreasing function passes 0 between `low` and `high`, to the last bit that bisection can tell. */
export declare function decreasingRoot(f: (x: number) => number, low: number, high: number): number;
