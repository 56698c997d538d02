import { BregmanError } from "../error.ts";
import { bytesOf, type BytesSource } from "../io/bytes-of.ts";

/** A WASM module as a page may have it: compiled, as bytes, or where it can be fetched. */
export type WasmSource = WebAssembly.Module | BytesSource;

/** Length of the stamp that ends each module of the kit (`stamped` in build.mjs): two modules with one are the same. */
const stampLength = 16;

/**
 * The module of `source`, which has to be the very one that `own` gives the bytes of. Throws `invalid-option` when it
 * is another, `wasm-unavailable` when it cannot be compiled, `not-found` when it cannot be fetched.
 */
export async function moduleFrom(
  source: WasmSource, own: () => Uint8Array<ArrayBuffer>, where: string,
): Promise<WebAssembly.Module> {
  const module = source instanceof WebAssembly.Module
    ? source : await compileWasm(await bytesOf(source, where) as Uint8Array<ArrayBuffer>, where);
  const [stamp] = WebAssembly.Module.customSections(module, "bregman");
  const expected = own().subarray(-stampLength);
  if (!stamp || String(new Uint8Array(stamp)) !== String(expected)) {
    throw new BregmanError("invalid-option",
      `${where}: this is not the WASM module of this entry and version; take the .wasm file that lies beside it`);
  }
  return module;
}

/** Throws `wasm-unavailable`; a page whose Content-Security-Policy forbids WASM gets an error that says so. */
export function compileWasm(bytes: Uint8Array<ArrayBuffer>, where: string): Promise<WebAssembly.Module> {
  return WebAssembly.compile(bytes).catch((cause: unknown) => {
    throw wasmUnavailable(cause, where);
  });
}

export function wasmUnavailable(cause: unknown, where: string): BregmanError {
  return new BregmanError("wasm-unavailable",
    `${where}: WebAssembly could not be compiled (${String(cause)}). On a page with a Content-Security-Policy, ` +
    "allow 'wasm-unsafe-eval' in script-src; the engine needs WASM SIMD.");
}
