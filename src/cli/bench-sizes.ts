/** What a page downloads: the bytes of every entry of the package, as they are and after gzip. */
import type { BenchItem } from "./bench-items.ts";

/** The code that `exports` of the package names, by what its items are called. */
export const ENTRY_FILES = {
  index: "index.js", policy: "policy.js", envs: "envs.js", tensor: "tensor.js", tabular: "tabular.js",
  methods: "methods.js", teams: "teams.js", worker: "worker.js", mujoco: "mujoco.js", wasm: "bregman.wasm",
  acting: "policy.wasm",
};

/**
 * Two items a file, gzip as the runtime's CompressionStream does it and raw; 1 KB is 1000 bytes. `read` gives the bytes
 * of a file of the installed dist/.
 */
export function entrySizeItems(read: (file: string) => Promise<Uint8Array>): BenchItem[] {
  return Object.entries(ENTRY_FILES).flatMap(([entry, file]) => ["gzip", "raw"].map((form): BenchItem => ({
    name: `entry-sizes-${entry}-${form}`, unit: "KB", better: "lower",
    meaning: `bytes of dist/${file}${form === "gzip" ? " after gzip" : ""}`,
    async prepare() {
      const bytes = await read(file);
      const size = form === "gzip" ? await gzipSize(bytes) : bytes.length;
      return { measure: async () => size / 1000, facts: () => ({ bytes: size }), dispose() {} };
    },
  })));
}

async function gzipSize(bytes: Uint8Array): Promise<number> {
  const packed = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream("gzip"));
  return (await new Response(packed).arrayBuffer()).byteLength;
}
