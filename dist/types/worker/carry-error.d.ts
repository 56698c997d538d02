import type { CarriedError } from "./messages.js";
/** An error as data that can cross: with its code, and of its further facts those that are plain. */
export declare function packError(error: unknown): CarriedError;
/** The error on the other side: one of the kit's own with its code and facts, or another with its name. */
export declare function unpackError({ code, name, message, facts }: CarriedError): Error;
