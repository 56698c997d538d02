/** One tensor as the header describes it; `begin` and `end` are bytes from the start of the data section. */
export interface HeaderEntry {
    readonly name: string;
    readonly dtype: string;
    readonly shape: readonly number[];
    readonly begin: number;
    readonly end: number;
}
export interface Header {
    readonly entries: readonly HeaderEntry[];
    readonly metadata: ReadonlyMap<string, string>;
}
/** Throws the one error of this format: `checkpoint-corrupt`, with what is wrong. */
export declare function corrupt(what: string): never;
/** Shows a name in a message: quoted, and no longer than a line. */
export declare function quoted(name: string): string;
/** Parses the header text. Throws `checkpoint-corrupt` naming the first thing that breaks the format. */
export declare function parseHeader(text: string): Header;
