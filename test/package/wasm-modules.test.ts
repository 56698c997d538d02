import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compileWasm } from "../../build.mjs";
import { pushInstruction } from "../../src/devices/machine-instructions.ts";

type Run = (from: number, to: number) => void;

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), "bregman-modules-")); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pages = 16;
/** Above the static data of every module; the operands of the program follow it. */
const firstAddress = 1 << 16;

/** A forward pass and a weight gradient of odd sizes, normal-looking inputs drawn by Philox, a scan and a transpose. */
function writeProgram(memory: WebAssembly.Memory): { from: number; to: number } {
  const [rows, depth, columns] = [37, 19, 13];
  let top = firstAddress + 4096;
  const reserve = (count: number) => {
    const address = top;
    top += Math.ceil((4 * count + 64) / 64) * 64;
    return address;
  };
  const state = reserve(4), random = reserve(4096);
  const [x, w, bias, y] = [reserve(rows * depth), reserve(depth * columns), reserve(columns), reserve(rows * columns)];
  const [gradient, transposed, scanned] = [reserve(depth * columns), reserve(rows * columns), reserve(rows * columns)];
  const floats = (address: number, count: number) => new Float32Array(memory.buffer, address, count);
  for (const [address, count] of [[x, rows * depth], [w, depth * columns], [bias, columns]] as const) {
    floats(address, count).forEach((_, i, values) => { values[i] = ((i * 2654435761) % 4093) / 2047 - 1; });
  }
  new Int32Array(memory.buffer, state, 4).set([7, 0, 3, 1]);

  const words: number[] = [];
  const single = { batch1: 1, batch2: 1, aBatch1: 0, aBatch2: 0, bBatch1: 0, bBatch2: 0, yBatch1: 0, yBatch2: 0 };
  pushInstruction(words, "randomBits", { count: 4096, salt: 5, state, y: random });
  pushInstruction(words, "matmulNN", {
    ...single, rows, depth, columns, a: x, aStride: 4 * depth, b: w, bStride: 4 * columns, bias,
    y, yStride: 4 * columns,
  });
  pushInstruction(words, "matmulTN", {
    ...single, rows: depth, depth: rows, columns, a: x, aStride: 4 * depth, b: y, bStride: 4 * columns, bias: 0,
    y: gradient, yStride: 4 * columns,
  });
  pushInstruction(words, "transpose", { rows, columns, a: y, aStride: 4 * columns, y: transposed, yStride: 4 * rows });
  pushInstruction(words, "linearScan", { steps: rows, width: columns, reverse: 1, x: y, a: y, y: scanned });
  new Int32Array(memory.buffer, firstAddress, words.length).set(words);
  return { from: firstAddress, to: firstAddress + 4 * words.length };
}

/** All of memory from `firstAddress` after the program has run in a module. */
async function bytesAfterRun(file: string, memory?: WebAssembly.Memory): Promise<Buffer> {
  const module = await WebAssembly.compile(readFileSync(file));
  const { exports } = await WebAssembly.instantiate(module, memory ? { env: { memory } } : {});
  const own = memory ?? exports.memory as WebAssembly.Memory;
  own.grow(pages);
  expect((exports.__heap_base as WebAssembly.Global).value).toBeLessThan(firstAddress);
  const { from, to } = writeProgram(own);
  (exports.machine_run as Run)(from, to);
  return Buffer.from(new Uint8Array(own.buffer, firstAddress, (pages - 1) << 16).slice());
}

const main = () => bytesAfterRun("dist/bregman.wasm");

test("the main module imports nothing and exports its memory and table", async () => {
  const module = await WebAssembly.compile(readFileSync("dist/bregman.wasm"));
  expect(WebAssembly.Module.imports(module)).toEqual([]);
  const kinds = Object.fromEntries(WebAssembly.Module.exports(module).map(({ name, kind }) => [name, kind]));
  expect(kinds).toMatchObject({ memory: "memory", table: "table", __heap_base: "global", machine_run: "function" });
});

test("the program of this test computes something", async () => {
  const bytes = await main();
  expect(new Set(bytes).size).toBe(256);
});

test("the threaded twin imports only a shared memory and leaves the main module's bytes in it", async () => {
  const file = join(folder, "threaded.wasm");
  compileWasm("threaded", file);
  const imports = WebAssembly.Module.imports(await WebAssembly.compile(readFileSync(file)));
  expect(imports).toEqual([{ module: "env", name: "memory", kind: "memory" }]);
  const memory = new WebAssembly.Memory({ initial: 16, maximum: 16384, shared: true });
  expect((await bytesAfterRun(file, memory)).equals(await main())).toBe(true);
});

test("the module for acting imports nothing and is a tenth of the main one", async () => {
  const module = await WebAssembly.compile(readFileSync("dist/policy.wasm"));
  expect(WebAssembly.Module.imports(module)).toEqual([]);
  expect(readFileSync("dist/policy.wasm").length).toBeLessThan(readFileSync("dist/bregman.wasm").length / 8);
});

test("each module ends with a stamp of its own bytes", async () => {
  const stamps = await Promise.all(["dist/bregman.wasm", "dist/policy.wasm"].map(async (file) => {
    const bytes = readFileSync(file);
    const [stamp] = WebAssembly.Module.customSections(await WebAssembly.compile(bytes), "bregman");
    const end = bytes.length - 26;   // the section: id, length, name with its length, stamp
    const hash = createHash("sha256").update(bytes.subarray(0, end)).digest();
    expect(Buffer.from(stamp!).equals(hash.subarray(0, 16)), file).toBe(true);
    return Buffer.from(stamp!).toString("hex");
  }));
  expect(new Set(stamps).size).toBe(2);
});
