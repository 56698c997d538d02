import { expect, test } from "vitest";
import actingModule from "../../dist/policy.wasm";
import mainModule from "../../dist/bregman.wasm";
import { makeEnv, provideWasm } from "../../src/index.ts";

// One file: whether the module is in use already is a fact of the whole page.

test("another module is refused, and the own copy serves", async () => {
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  for (const other of [actingModule(), empty, await WebAssembly.compile(empty)]) {
    await expect(provideWasm(other)).rejects.toMatchObject({ code: "invalid-option" });
  }
  await expect(provideWasm(mainModule().subarray(0, 99))).rejects.toMatchObject({ code: "wasm-unavailable" });
  await expect(provideWasm(7 as never)).rejects.toMatchObject({ code: "invalid-option" });
  await expect(provideWasm(new Response("", { status: 404 }))).rejects.toMatchObject({ code: "not-found" });
});

test("the module of the page is used, once", async () => {
  const given = await WebAssembly.compile(mainModule());
  const instances: WebAssembly.Module[] = [];
  const { Instance } = WebAssembly;
  WebAssembly.Instance = class extends Instance {
    constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
      super(module, imports);
      instances.push(module);
    }
  };
  try {
    const [, environment] = await Promise.all([provideWasm(given), makeEnv("CartPole-v1")]);
    environment.reset({ seed: 1 });
    expect(instances).toEqual([given]);
  } finally {
    WebAssembly.Instance = Instance;
  }
  await expect(provideWasm(given)).rejects.toMatchObject({ code: "invalid-state" });
});
