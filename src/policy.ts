// The policy entry: what `import ... from "bregman/policy"` gives, and all that a finished game ships.
import actingModule from "../dist/policy.wasm";
import { compileWasm, moduleFrom, type WasmSource } from "./devices/wasm-source.ts";
import { bytesOf, type BytesSource } from "./io/bytes-of.ts";
import { DirectPolicy } from "./policy/direct/direct-policy.ts";
import { readPolicyFile } from "./policy/read-policy-file.ts";

export { BregmanError, type BregmanErrorCode } from "./error.ts";
export type { DirectPolicy as Policy } from "./policy/direct/direct-policy.ts";
export type { ActOptions } from "./policy/acting-policy.ts";
export type { Action } from "./policy/actions.ts";
export type { WasmSource } from "./devices/wasm-source.ts";
export type { BytesSource } from "./io/bytes-of.ts";
export type { Space, SpaceValue } from "./envs/spaces.ts";

let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * A policy that was saved with `policy.save()`, ready to act: its actions are those of the full kit, to the bit. The
 * WASM module is inside of this file; `wasm` hands in dist/policy.wasm in another way, for this policy and later ones.
 * Throws `checkpoint-corrupt` for foreign or damaged bytes, `unsupported` for a policy of another version, `not-found`
 * when the URL cannot be fetched, `wasm-unavailable` where WASM is forbidden.
 */
export async function load(source: BytesSource, options: { readonly wasm?: WasmSource } = {}): Promise<DirectPolicy> {
  const file = readPolicyFile(await bytesOf(source, "load"));
  if (options.wasm !== undefined) compiled = moduleFrom(options.wasm, actingModule, "wasm");
  compiled ??= compileWasm(actingModule(), "load");
  const module = await compiled.catch((error: unknown) => {
    compiled = undefined;   // what failed is tried again by the next call
    throw error;
  });
  return new DirectPolicy(module, file);
}
