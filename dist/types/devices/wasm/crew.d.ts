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
    /** Why a worker could not be started, or ended. */
    failure: string | undefined;
    private constructor();
    /** Starts `helpers` workers; they take part as soon as they are there. Throws an error that says why it cannot. */
    static gather(helpers: number, start?: StartHelper): Promise<Crew>;
    /** Resolves when all helpers are there. Throws an error that says why, and ends all, when one is not. */
    assemble(): Promise<void>;
    /** Says whether helpers take part in what runs from now on. Throws `device-lost` once one of them was lost. */
    takePart(wanted: boolean): void;
    /** Whether all helpers have come. */
    get isThere(): boolean;
    /** Pieces that helpers have finished so far. */
    get helped(): number;
    /** What to throw for a trap: a helper that was lost in the middle of its work is no fault in the program. */
    explain(trap: unknown): unknown;
    /** The functions of a module of maps, which the caller has in its table from `first` on, in the tables of helpers. */
    link(bytes: Uint8Array, first: number, count: number): void;
    /** Ends the workers. Safe twice. */
    dispose(): void;
}
