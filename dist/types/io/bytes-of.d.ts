/** Where bytes come from: themselves, a URL that is fetched, or a fetched Response. */
export type BytesSource = Uint8Array | ArrayBuffer | string | URL | Response;
/** Throws `not-found` when a URL cannot be fetched, `invalid-option` for anything else; `where` begins the message. */
export declare function bytesOf(source: BytesSource, where: string): Promise<Uint8Array>;
