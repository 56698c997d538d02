import { wasmModule } from "./devices/wasm-instance.ts";
import { BregmanError } from "./error.ts";
import { readPolicy } from "./policy/policy-file.ts";
import type { Policy } from "./policy/policy.ts";

/**
 * A saved policy from its bytes, from a URL, or from a fetch Response. Throws `checkpoint-corrupt` for foreign or
 * damaged bytes and `not-found` when the URL cannot be fetched.
 */
export async function load(source: Uint8Array | ArrayBuffer | string | URL | Response): Promise<Policy> {
  return readPolicy(await bytesOf(source), await wasmModule());
}

async function bytesOf(source: Uint8Array | ArrayBuffer | string | URL | Response): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (typeof source !== "string" && !(source instanceof URL) && !(source instanceof Response)) {
    throw new BregmanError("invalid-option", `load: expected bytes, a URL or a Response, got ${typeof source}`);
  }
  const response = source instanceof Response ? source : await fetch(source).catch((cause: unknown) => {
    throw new BregmanError("not-found", `load: ${String(source)} could not be fetched: ${String(cause)}`);
  });
  if (!response.ok) {
    throw new BregmanError("not-found",
      `load: ${response.url || String(source)} answered ${response.status} ${response.statusText}`);
  }
  return new Uint8Array(await response.arrayBuffer());
}
