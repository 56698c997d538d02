import { BregmanError } from "../error.js";
import { type Method, type Progress } from "./messages.js";
import { type WorkerSource } from "./start-worker.js";
/** What a link tells its owner: where the run has got to, and, before others hear of it, that the worker is gone. */
export interface LinkOwner {
    progress(progress: Progress): void;
    lost(error: BregmanError): void;
}
/** Calls to a worker and their answers. While none is waited for, the worker does not keep a Node process alive. */
export declare class WorkerLink {
    #private;
    private constructor();
    /** Starts a worker, or greets one that is there. Throws `worker-unavailable` when nobody answers. */
    static to(source: WorkerSource): Promise<WorkerLink>;
    set owner(owner: LinkOwner);
    /** Calls a method; `hear` gets what comes before its result. Throws what the method threw there. */
    call<Value>(method: Method, input?: unknown, hear?: (record: never) => void): Promise<Value>;
    /** Asks a `run` to end with the iteration that is under way. */
    stop(): void;
    /** Ends the worker, if it was started here, and rejects what is waited for. Safe twice. */
    close(error: BregmanError): void;
}
