import { wasmModule } from "./devices/wasm-instance.ts";
import { bytesOf, type BytesSource } from "./io/bytes-of.ts";
import { readPolicy } from "./policy/policy-file.ts";
import type { Policy } from "./policy/policy.ts";

/**
 * A saved policy from its bytes, from a URL, or from a fetch Response. Throws `checkpoint-corrupt` for foreign or
 * damaged bytes, `unsupported` for a policy file of another version, `not-found` when the URL cannot be fetched.
 */
export async function load(source: BytesSource): Promise<Policy> {
  return readPolicy(await bytesOf(source, "load"), await wasmModule());
}
