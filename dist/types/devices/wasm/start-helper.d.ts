/** What a helper begins with. */
export interface HelperData {
    readonly module: WebAssembly.Module;
    readonly memory: WebAssembly.Memory;
    /** Address of the control block (crew.ts). */
    readonly block: number;
    /** Address of its own place for panels (matmul-panels.ts): what is there by default belongs to the main thread. */
    readonly panel: number;
}
/** Starts a helper and returns what ends it at once. Throws, or calls `failed`, when it cannot be started. */
export type StartHelper = (data: HelperData, failed: (reason: string) => void) => () => void;
export declare const startHelper: StartHelper;
/** How many threads the machine runs at once. */
export declare function hardwareThreads(): number;
