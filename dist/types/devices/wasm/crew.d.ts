import { type WasmInstance } from "../wasm-instance.js";
import { type StartHelper } from "./start-helper.js";
/**
 * The threads of a device beside the caller's: workers over the same memory that compute pieces of instructions.
 * They sleep while there is nothing to do, and do not keep a process alive.
 */
export declare class Crew {
    #private;
    readonly helpers: number;
    readonly instance: WasmInstance;
    private constructor();
    /** Starts `helpers` workers and waits until all of them are there. Throws an error that says why that failed. */
    static gather(helpers: number, start?: StartHelper): Promise<Crew>;
    /** Says whether helpers take part in what runs from now on. Throws `device-lost` once one of them was lost. */
    takePart(wanted: boolean): void;
    /** Pieces that helpers have finished so far. */
    get helped(): number;
    /** What to throw for a trap: a helper that was lost in the middle of its work is no fault in the program. */
    explain(trap: unknown): unknown;
    /** The functions of a module of maps, which the caller has in its table from `first` on, in the tables of helpers. */
    link(bytes: Uint8Array, first: number, count: number): void;
    /** Ends the workers. Safe twice. */
    dispose(): void;
}
