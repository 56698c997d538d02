/**
 * Whether threads pay for a program: now and then a few runs with and without them are timed, in turns, and the faster
 * way is kept. The bits are the same either way.
 */
export declare class ThreadChoice {
    #private;
    /** Whether the run that begins now should be shared. */
    get together(): boolean;
    /** Takes note of a run that ended. */
    ran(milliseconds: number): void;
}
