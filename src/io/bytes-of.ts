import { BregmanError } from "../error.ts";

/** Where bytes come from: themselves, a URL that is fetched, or a fetched Response. */
export type BytesSource = Uint8Array | ArrayBuffer | string | URL | Response;

/** Throws `not-found` when a URL cannot be fetched, `invalid-option` for anything else; `where` begins the message. */
export async function bytesOf(source: BytesSource, where: string): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (typeof source !== "string" && !(source instanceof URL) && !(source instanceof Response)) {
    throw new BregmanError("invalid-option", `${where}: expected bytes, a URL or a Response, got ${typeof source}`);
  }
  const response = source instanceof Response ? source : await fetch(source).catch((cause: unknown) => {
    throw new BregmanError("not-found", `${where}: ${String(source)} could not be fetched: ${String(cause)}`);
  });
  if (!response.ok) {
    throw new BregmanError("not-found",
      `${where}: ${response.url || String(source)} answered ${response.status} ${response.statusText}`);
  }
  return new Uint8Array(await response.arrayBuffer());
}
