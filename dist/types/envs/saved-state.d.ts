/**
 * Bytes that name their owner: magic, version, length of the name, the name in ASCII, then the sections with their
 * lengths.
 */
export declare function packState(owner: string, sections: readonly Uint8Array[]): Uint8Array<ArrayBuffer>;
/**
 * The sections `packState` was given. Throws `checkpoint-corrupt`, or `checkpoint-mismatch` when `owner` is another.
 */
export declare function unpackState(owner: string, bytes: Uint8Array): Uint8Array[];
