/** Words of 32 bits that make a counter (4) or a key (2); any integers, only their low 32 bits count. */
export type Words = ArrayLike<number>;
/**
 * One block of Philox 4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"): four 32-bit words,
 * as a function of a 128-bit counter and a 64-bit key. The reference for assembly/random/philox.ts and the shader twin.
 */
export declare function philoxBlock(counter: Words, key: Words, out?: Int32Array, at?: number): Int32Array;
/**
 * The first `count` words of a draw. `state` is a stream's i32[4] = [key0, key1, draw, stream] (see streams.ts); `salt`
 * keeps draws of one program apart. Element i is word i % 4 of block floor(i / 4).
 */
export declare function philoxFill(state: Words, salt: number, count: number): Int32Array;
/** A float64 in [0, 1) with 53 random bits from two words; as `uniform53` in assembly/random/philox.ts. */
export declare function uniform53(high: number, low: number): number;
