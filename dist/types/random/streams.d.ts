/** The named streams: what draws from one never shifts what another yields. */
export declare const streams: {
    readonly environment: 0;
    readonly policy: 1;
    readonly shuffle: 2;
    readonly initialization: 3;
    readonly evaluation: 4;
    readonly exploration: 5;
    readonly update: 6;
};
/** The salt of the draws that become actions. */
export declare const actionSalt = 1;
export type StreamName = keyof typeof streams;
/** Throws `invalid-option` unless `seed` is an integer from 0 to 2^53 - 1. */
export declare function checkSeed(seed: unknown): asserts seed is number;
/** The key of a seed: its low and its high 32 bits, as signed words. */
export declare function seedKey(seed: number): [number, number];
/** The state of a named stream before its first draw: i32[4] = [key0, key1, draw, stream]. */
export declare function streamState(seed: number, stream: StreamName): Int32Array<ArrayBuffer>;
/** A seed for copy `copy` of something seeded with `seed`: an integer from 0 to 2^31 - 1, fit for any generator. */
export declare function derivedSeed(seed: number, copy: number, generation?: number): number;
/** A sequence of random numbers for JavaScript code off the hot path. */
export interface RandomSource {
    /** A float64 in [0, 1) with 53 random bits. */
    uniform(): number;
    /** An integer from 0 to n - 1. */
    integer(n: number): number;
}
/** The numbers of a named stream, one after the other; `salt` tells sources of one stream apart. */
export declare function randomSource(seed: number, stream: StreamName, salt?: number): RandomSource;
