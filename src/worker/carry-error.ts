import { BregmanError, messageOf, type BregmanErrorCode } from "../error.ts";
import type { CarriedError } from "./messages.ts";

/** An error as data that can cross: with its code, and of its further facts those that are plain. */
export function packError(error: unknown): CarriedError {
  const code = error instanceof BregmanError ? error.code : undefined;
  const name = error instanceof Error ? error.name : "Error";
  const facts = Object.entries(error instanceof Error ? error : {}).filter(([key, value]: [string, unknown]) =>
    !["name", "code"].includes(key) && (["string", "number", "boolean"].includes(typeof value) ||
      value instanceof Uint8Array));
  return { code, name, message: messageOf(error), facts: Object.fromEntries(facts) };
}

/** The error on the other side: one of the kit's own with its code and facts, or another with its name. */
export function unpackError({ code, name, message, facts }: CarriedError): Error {
  if (code !== undefined) return new BregmanError(code as BregmanErrorCode, message, facts);
  return Object.assign(new Error(message), facts, { name });
}
