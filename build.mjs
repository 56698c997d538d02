// Builds dist/: the WASM module, one self-contained ES module per entry, the CLI, the types.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";

mkdirSync("dist", { recursive: true });
execFileSync("node_modules/.bin/asc", ["assembly/index.ts", "-o", "dist/bregman.wasm", "-O3", "--enable", "simd",
  "--noAssert", "--runtime", "stub", "--exportTable", "--use", "abort="], { stdio: "inherit" });
