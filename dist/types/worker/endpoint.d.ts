/** A worker or a port, of a page or of node:worker_threads. */
export interface Endpoint {
    postMessage(message: unknown, transfer: ArrayBuffer[]): void;
    addEventListener?(type: string, listener: (event: Event) => void): void;
    removeEventListener?(type: string, listener: (event: Event) => void): void;
    on?(type: string, listener: (value: unknown) => void): unknown;
    off?(type: string, listener: (value: unknown) => void): unknown;
    /** Ports of pages hold their messages back until then. */
    start?(): void;
    /** Whether it keeps a Node process alive. */
    ref?(): void;
    unref?(): void;
}
/** Hears what comes there of a kind: data of messages, events of the others. Returns what ends that. */
export declare function listen(endpoint: Endpoint, type: string, hear: (value: unknown) => void): () => void;
