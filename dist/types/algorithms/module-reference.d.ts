/** Something that a module exports, `default` unless it is named: how what has functions comes into a worker. */
export interface ModuleReference {
    /** Absolute, as `new URL("./my-env.js", import.meta.url)` is; in a page a string is taken from the page's address. */
    readonly module: string | URL;
    readonly export?: string;
}
export declare function isModuleReference(value: unknown): value is ModuleReference;
/** An absolute URL; a relative one is taken from the page. Throws `invalid-option` where there is none. */
export declare function absolute(url: string | URL): URL;
/**
 * What a reference names; anything else as it is. Throws `not-found` for a module that cannot be loaded, or that has
 * no such export.
 */
export declare function imported<Value>(value: Value | ModuleReference): Promise<Value>;
