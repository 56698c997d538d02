import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSha256, sha256 } from "../../src/io/sha256.ts";

const text = (value: string) => new TextEncoder().encode(value);
const hasNodeCrypto = typeof (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node
  === "string";

describe("sha256", () => {
  it.each([
    // NIST, "Examples with intermediate values: SHA-256", and FIPS 180-2 appendix B; the empty message from CAVP.
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    ["abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"],
    ["abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"],
  ])("hashes %j as published", (message, digest) => {
    expect(sha256(text(message))).toBe(digest);
  });

  it("hashes one million times the letter a as published", () => {
    const digest = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
    expect(sha256(new Uint8Array(1_000_000).fill(0x61))).toBe(digest);
  });

  it("does not depend on how the bytes are cut into portions", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat(300), { maxLength: 5 }), (bytes, cuts) => {
      const borders = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
      const hash = createSha256();
      for (let i = 1; i < borders.length; i++) hash.update(bytes.subarray(borders[i - 1], borders[i]));
      expect(hash.hex()).toBe(sha256(bytes));
    }));
  });

  it("reads a view in the middle of a buffer", () => {
    expect(sha256(text("xxabcxx").subarray(2, 5))).toBe(sha256(text("abc")));
  });

  if (hasNodeCrypto) it("agrees with node:crypto at every length around the block borders", async () => {
    const name = "node:crypto";
    const { createHash } = (await import(/* @vite-ignore */ name)) as typeof import("node:crypto");
    for (let length = 0; length < 200; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length) & 255);
      expect(sha256(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
      expect(sha256(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
    }));
  });
});
