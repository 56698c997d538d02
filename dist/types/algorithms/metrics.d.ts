/** Sums over steps, the last of which is their number, as means by name; 0 where no step was taken. */
export declare function meansOf(sums: Float32Array, names: readonly string[]): Record<string, number>;
/** Throws `numerical-failure`, naming the metric, unless all are finite. */
export declare function checkFinite(metrics: Readonly<Record<string, number>>): void;
