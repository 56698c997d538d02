export interface Lifetime {
    readonly bytes: number;
    /** Kernel numbers, both ends included. */
    readonly from: number;
    readonly to: number;
}
/** Byte offsets for each lifetime, in the order given, and the size of the arena. */
export declare function placeTemporaries(lifetimes: readonly Lifetime[]): {
    offsets: number[];
    arenaBytes: number;
};
export declare function byteSize(shape: readonly number[]): number;
