import { readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

/** Gives `.wasm` and `.wgsl` imports the meaning that the bundler gives them: bytes and text. */
const assets = {
  name: "assets",
  enforce: "pre" as const,
  load(id: string) {
    const file = id.split("?")[0]!;
    if (file.endsWith(".wgsl")) return `export default ${JSON.stringify(readFileSync(file, "utf8"))}`;
    if (file.endsWith(".wasm")) {
      return `export default Uint8Array.from(atob(${JSON.stringify(readFileSync(file, "base64"))}), c => c.charCodeAt(0))`;
    }
    return undefined;
  },
};

export default defineConfig({
  test: { projects: [{ plugins: [assets], test: { name: "node", environment: "node", include: ["test/**/*.test.ts"] } }] },
});
