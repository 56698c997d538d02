import { BregmanError, messageOf } from "../error.ts";

/** Something that a module exports, `default` unless it is named: how what has functions comes into a worker. */
export interface ModuleReference {
  /** Absolute, as `new URL("./my-env.js", import.meta.url)` is; in a page a string is taken from the page's address. */
  readonly module: string | URL;
  readonly export?: string;
}

export function isModuleReference(value: unknown): value is ModuleReference {
  return typeof value === "object" && value !== null && "module" in value &&
    (typeof value.module === "string" || value.module instanceof URL);
}

/** An absolute URL; a relative one is taken from the page. Throws `invalid-option` where there is none. */
export function absolute(url: string | URL): URL {
  try {
    return new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href);
  } catch {
    throw new BregmanError("invalid-option",
      `"${String(url)}" is no absolute URL: write new URL(${JSON.stringify(String(url))}, import.meta.url)`);
  }
}

/**
 * What a reference names; anything else as it is. Throws `not-found` for a module that cannot be loaded, or that has
 * no such export.
 */
export async function imported<Value>(value: Value | ModuleReference): Promise<Value> {
  if (!isModuleReference(value)) return value;
  const { module, export: name = "default" } = value;
  const { href } = absolute(module);
  const exports = await import(/* webpackIgnore: true */ /* @vite-ignore */ href).catch((cause: unknown) => {
    throw new BregmanError("not-found", `${href} could not be loaded: ${messageOf(cause)}`);
  }) as Record<string, Value>;
  if (Object.hasOwn(exports, name)) return exports[name]!;
  throw new BregmanError("not-found",
    `${href} has no export "${name}"; it has ${Object.keys(exports).map((each) => `"${each}"`).join(", ") || "none"}`);
}
