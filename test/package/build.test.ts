import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildInto, differences, filesUnder, textFromBytes } from "../../build.mjs";
import { bytesFromText } from "../../src/devices/bytes-from-text.ts";
import { root } from "../runtimes.mjs";

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), "bregman-build-test-")); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ["nothing", new Uint8Array(0)],
  ["every value once", Uint8Array.from({ length: 256 }, (_, i) => i)],
  ["one value only", new Uint8Array(1000).fill(255)],
  ["the module", new Uint8Array(readFileSync("dist/bregman.wasm"))],
])("bytes survive as text: %s", (_, bytes) => {
  const text = textFromBytes(bytes);
  expect(text).toMatch(/^[ !#-[\]-~]*$/);
  expect(Buffer.from(bytesFromText(text, bytes.length)).equals(Buffer.from(bytes))).toBe(true);
});

test("two builds are the same bytes and hold no path of the machine", async () => {
  const [one, two] = [join(folder, "one"), join(folder, "two")];
  await buildInto(one);
  await buildInto(two);
  expect(differences(one, two)).toEqual([]);
  for (const file of filesUnder(one)) {
    const text = readFileSync(join(one, file), "latin1");
    expect(text.includes(root) || text.includes(folder), `${file} names a folder of this machine`).toBe(false);
  }
}, 120_000);
