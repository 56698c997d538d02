/** Operation codes. SIMD ones follow the prefix 0xfd. */
export declare const Simd: {
    readonly load: 0;
    readonly load32Splat: 9;
    readonly store: 11;
    readonly constant: 12;
    readonly shuffle: 13;
    readonly i32Splat: 17;
    readonly i32Eq: 55;
    readonly i32Lt: 57;
    readonly i32Le: 61;
    readonly f32Eq: 65;
    readonly f32Lt: 67;
    readonly f32Le: 69;
    readonly not: 77;
    readonly and: 78;
    readonly or: 80;
    readonly xor: 81;
    readonly bitselect: 82;
    readonly load32Lane: 86;
    readonly store32Lane: 90;
    readonly store64Lane: 91;
    readonly f32Floor: 104;
    readonly f32Nearest: 106;
    readonly i32Abs: 160;
    readonly i32Neg: 161;
    readonly i32Shl: 171;
    readonly i32ShrS: 172;
    readonly i32ShrU: 173;
    readonly i32Add: 174;
    readonly i32Sub: 177;
    readonly i32Mul: 181;
    readonly i32Min: 182;
    readonly i32Max: 184;
    readonly f32Abs: 224;
    readonly f32Neg: 225;
    readonly f32Sqrt: 227;
    readonly f32Add: 228;
    readonly f32Sub: 229;
    readonly f32Mul: 230;
    readonly f32Div: 231;
    readonly f32Pmin: 234;
    readonly f32Pmax: 235;
    readonly i32TruncSat: 248;
    readonly f32Convert: 250;
};
export declare const ValueType: {
    readonly i32: 127;
    readonly v128: 123;
};
/** Bytes in order, in a buffer that grows. Code that runs once per program is never warm: it has to be plain. */
declare class ByteWriter {
    #private;
    get length(): number;
    byte(value: number): void;
    unsigned(value: number): void;
    signed(value: number): void;
    word(value: number): void;
    text(value: string): void;
    append(other: ByteWriter): void;
    /** The bytes written so far; not a copy. */
    written(): Uint8Array<ArrayBuffer>;
}
/** The bits of a f32, so that a vector constant can be given as four words. */
export declare function bitsOf(value: number): number;
/** One function body, written in order. `local` makes a local, `get` and `set` use it; each method appends its code. */
export declare class FunctionWriter {
    #private;
    local(type: keyof typeof ValueType): number;
    get(local: number): this;
    set(local: number): this;
    i32(value: number): this;
    addI32(): this;
    simd(code: number): this;
    /** A memory instruction: the address on the stack plus `offset`. */
    memory(code: number, offset: number): this;
    memoryLane(code: number, offset: number, lane: number): this;
    words(first: number, second: number, third: number, fourth: number): this;
    splatWord(word: number): this;
    /** Reorders the 32-bit lanes of the vector in a local. */
    shuffle(local: number, lanes: readonly number[]): this;
    /** do { body } while ((counter += step) < end), from 0. */
    loop(counter: number, end: number, step: number, body: () => void): this;
    /** Appends the body: its length, the runs of equal locals, the code. */
    writeTo(out: ByteWriter): void;
}
/**
 * A module that imports `env.memory`, perhaps a shared one, and exports functions "0", "1", ... without parameters or
 * results.
 */
export declare function moduleBytes(functions: readonly FunctionWriter[], isShared?: boolean): Uint8Array<ArrayBuffer>;
export {};
