// Builds dist/: the WASM module, one self-contained ES module per entry of `exports`, the command line, the types.
//
//   node build.mjs           builds dist/
//   node build.mjs --wasm    only dist/*.wasm (what the tests import)
//   node build.mjs --parts   also prints what each folder of src/ weighs in the facade
//   node build.mjs --check   builds elsewhere and compares every byte with the committed dist/
import { execFileSync } from "node:child_process";
import {
  existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = dirname(fileURLToPath(import.meta.url));
const largestGzip = 100_000;

/**
 * Modules made from one source tree. Those of `shippedModules` are part of dist/; the others stand ready and are
 * compared with `main`.
 */
export const wasmModules = {
  main: { entry: "assembly/index.ts", features: "simd,threads", flags: ["--exportTable"] },
  /** The same kernels over a memory that workers share. */
  threaded: {
    entry: "assembly/index.ts", features: "simd,threads",
    flags: ["--exportTable", "--importMemory", "--sharedMemory", "--initialMemory", "16", "--maximumMemory", "16384"],
  },
  /** What acting needs and no more: the machine and its kernels, without environments and estimators. */
  acting: { entry: "assembly/acting.ts", features: "simd,threads", flags: ["--exportTable"] },
  /** The float64 kernels of the exact engine; below 4 KB, which every page may compile at once. */
  tabular: { entry: "assembly/tabular.ts", features: "simd", flags: [] },
};

const shippedModules = { main: "bregman.wasm", tabular: "tabular.wasm" };

function compileShipped(folder) {
  for (const [name, file] of Object.entries(shippedModules)) compileWasm(name, join(folder, file));
}

/**
 * The bundles: an entry of `exports` each, the items of the bench for pages and the command line. Those beside the facade import it instead of holding a
 * second copy; the facade imports the MuJoCo entry and the GPU half when a run asks for them.
 */
const bundles = [
  { entry: "src/index.ts", file: "index.js" },
  { entry: "src/tensor.ts", file: "tensor.js" },
  { entry: "src/tabular.ts", file: "tabular.js" },
  { entry: "src/mujoco.ts", file: "mujoco.js", besideFacade: true },
  { entry: "src/devices/webgpu/index.ts", file: "webgpu.js", besideFacade: true },
  { entry: "src/cli/bench-items.ts", file: "bench.js", besideFacade: true },
  { entry: "src/cli/main.ts", file: "cli.js", besideFacade: true, commandLine: true },
];

/** Compiles one of `wasmModules`. Strict SIMD, raw memory, no imports but the memory of the threaded twin. */
export function compileWasm(name, outputFile) {
  const { entry, features, flags } = wasmModules[name];
  const asc = join(root, "node_modules/assemblyscript/bin/asc.js");
  execFileSync(process.execPath, [asc, entry, "-o", outputFile, "-O3", "--enable", features, "--noAssert",
    "--runtime", "stub", "--use", "abort=", ...flags], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
}

/**
 * Bytes as printable ASCII that gzips almost as well as the bytes themselves: the 91 most frequent values get a
 * character each, the others two. src/devices/bytes-from-text.ts has the layout and reads it.
 */
export function textFromBytes(bytes) {
  const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
  const characters = printable.filter((c) => c !== '"' && c !== "\\");
  const count = new Array(256).fill(0);
  for (const value of bytes) count[value]++;
  const values = count.map((_, value) => value).sort((a, b) => count[b] - count[a] || a - b);
  const code = [];
  values.slice(0, 91).sort((a, b) => a - b).forEach((value, i) => { code[value] = characters[2 + i]; });
  values.slice(91).sort((a, b) => a - b).forEach((value, i) => {
    code[value] = characters[Math.floor(i / 93)] + characters[i % 93];
  });
  const bitmap = Array.from({ length: 64 }, (_, i) =>
    [0, 1, 2, 3].reduce((bits, b) => bits + (code[4 * i + b].length === 1 ? 1 << b : 0), 0).toString(16));
  return bitmap.join("") + Array.from(bytes, (value) => code[value]).join("");
}

/** Inlines `.wasm` as bytes and `.wgsl` as text without its comments. The bytes come from `wasmFolder`. */
function inlineAssets(wasmFolder) {
  return {
    name: "inline-assets",
    setup({ onLoad }) {
      onLoad({ filter: /\.wasm$/ }, ({ path }) => {
        const bytes = readFileSync(join(wasmFolder, basename(path)));
        return {
          contents: `import { bytesFromText } from "./src/devices/bytes-from-text.ts";
            export default bytesFromText(${JSON.stringify(textFromBytes(bytes))}, ${bytes.length});`,
          resolveDir: root,
        };
      });
      onLoad({ filter: /\.wgsl$/ }, ({ path }) =>
        ({ contents: withoutComments(readFileSync(path, "utf8")), loader: "text" }));
    },
  };
}

function withoutComments(wgsl) {
  return wgsl.split("\n").map((line) => line.replace(/\/\/.*$/, "").trim()).filter(Boolean).join("\n");
}

/**
 * Lets the command line import the entries that lie beside it, so that the library is not in dist/ twice. BregmanError
 * comes from there too, even for files of src/io that the command line holds itself: an error has one class.
 */
const facadeStaysOutside = {
  name: "facade-stays-outside",
  setup({ onResolve, onLoad }) {
    const [facade, tensor, tabular, error] =
      ["index.ts", "tensor.ts", "tabular.ts", "error.ts"].map((file) => join(root, "src", file));
    onResolve({ filter: /\/(index|tensor|tabular|error)\.ts$/ }, ({ path, resolveDir, namespace }) => {
      const target = join(resolveDir, path);
      if (target === facade) return { path: "./index.js", external: true };
      if (target === tabular) return { path: "./tabular.js", external: true };
      if (target === tensor) return { path: "./tensor.js", external: true };
      return target === error && namespace === "file" ? { path: error, namespace: "one-class" } : undefined;
    });
    onLoad({ filter: /.*/, namespace: "one-class" }, () => ({
      contents: `export * from "./src/error.ts"; export { BregmanError } from "./src/index.ts";`, resolveDir: root,
    }));
  },
};

/** Lets the facade load MuJoCo tasks and the GPU half from files that lie beside it, when they are needed. */
const restStaysOutside = {
  name: "rest-stays-outside",
  setup({ onResolve }) {
    for (const [filter, path] of [[/\/mujoco\.ts$/, "./mujoco.js"], [/\/webgpu\/index\.ts$/, "./webgpu.js"]]) {
      onResolve({ filter }, ({ kind }) => kind === "dynamic-import" ? { path, external: true } : undefined);
    }
  },
};

/** The items of the bench are a file of their own, which pages load, too. */
const benchStaysOutside = {
  name: "bench-stays-outside",
  setup({ onResolve }) {
    onResolve({ filter: /\/bench-items\.ts$/ }, ({ kind }) =>
      kind === "entry-point" ? undefined : { path: "./bench.js", external: true });
  },
};

async function bundle({ entry, file, besideFacade = false, commandLine = false }, folder) {
  const { metafile } = await build({
    entryPoints: [join(root, entry)], outfile: join(folder, file), absWorkingDir: root, metafile: true,
    bundle: true, format: "esm", target: "es2022", minify: true, legalComments: "none", logLevel: "warning",
    platform: commandLine ? "node" : "neutral", external: ["node:*"],
    banner: commandLine ? { js: "#!/usr/bin/env node" } : {},
    plugins: [...(besideFacade ? [facadeStaysOutside] : []), restStaysOutside, benchStaysOutside,
      inlineAssets(folder)],
  });
  const inputs = Object.entries(metafile.inputs);
  const wasm = inputs.find(([input]) => input.endsWith(".wasm"))?.[0];
  if (besideFacade && wasm) {
    throw new Error(`${file} would hold ${wasm} a second time: let it reach the engine through src/index.ts only`);
  }
  const nodeUser = inputs.find(([, { imports }]) => imports.some(({ path }) => path.startsWith("node:")))?.[0];
  if (!commandLine && nodeUser) {
    throw new Error(`${nodeUser} names a node: module in an import, ` +
      "on which a page's bundler stumbles even when it is lazy: use process.getBuiltinModule, or move it to src/cli");
  }
  return metafile;
}

/** Declarations, with `.ts` in their imports turned into `.js`, which every consumer's resolution understands. */
function emitTypes(folder) {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "-p", "tsconfig.types.json", "--outDir", folder],
    { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  for (const file of filesUnder(folder)) {
    const path = join(folder, file);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace(/((?:from |import\()")(\.[^"]*)\.ts(")/g, "$1$2.js$3"));
  }
}

/** All files below a folder, as sorted paths with forward slashes. */
export function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))
    .sort();
}

/** Builds everything into `folder`. Entries that do not exist are left out and named. */
export async function buildInto(folder) {
  mkdirSync(folder, { recursive: true });
  compileShipped(folder);
  return bundleInto(folder);
}

async function bundleInto(folder) {
  const present = bundles.filter(({ entry }) => existsSync(join(root, entry)));
  const missing = bundles.filter((bundle) => !present.includes(bundle)).map(({ entry }) => entry);
  const [facade] = await Promise.all(present.map((each) => bundle(each, folder)));
  if (missing.length === 0) emitTypes(join(folder, "types"));
  return { missing, facade };
}

/** Copies a file unless its bytes are there already; who reads it meanwhile sees the old file or the new one whole. */
function placeFile(source, target) {
  const bytes = readFileSync(source);
  if (existsSync(target) && readFileSync(target).equals(bytes)) return;
  mkdirSync(dirname(target), { recursive: true });
  const passing = `${target}.${process.pid}`;
  writeFileSync(passing, bytes, { mode: basename(target) === "cli.js" ? 0o755 : 0o644 });
  renameSync(passing, target);
}

/** Makes `target` hold exactly the files of `source`. */
function replaceFolder(source, target) {
  const wanted = filesUnder(source);
  for (const file of filesUnder(target)) if (!wanted.includes(file)) rmSync(join(target, file));
  for (const file of wanted) placeFile(join(source, file), join(target, file));
}

/** Files of two folders that are not the same byte for byte. */
export function differences(one, other) {
  const names = new Set([...filesUnder(one), ...filesUnder(other)]);
  const same = (name) => existsSync(join(one, name)) && existsSync(join(other, name)) &&
    readFileSync(join(one, name)).equals(readFileSync(join(other, name)));
  return [...names].sort().filter((name) => !same(name));
}

/** Prints raw and gzip sizes; returns the faults found. */
function reportSizes(folder) {
  const faults = [];
  const row = (name, raw, gzip) =>
    console.log(`${name.padEnd(16)}${String(raw).padStart(10)}${String(gzip).padStart(10)}`);
  row("file", "bytes", "gzip -9");
  for (const file of filesUnder(folder).filter((name) => !name.startsWith("types/"))) {
    const bytes = readFileSync(join(folder, file));
    const gzip = gzipSync(bytes, { level: 9 }).length;
    row(file, bytes.length, gzip);
    if (file === "index.js" && gzip > largestGzip) {
      faults.push(`${file}: ${gzip} bytes gzip, at most ${largestGzip} allowed`);
    }
  }
  const types = filesUnder(folder).filter((name) => name.startsWith("types/"));
  const typeBytes = types.reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0);
  row(`types (${types.length})`, typeBytes, "");
  return faults;
}

/** Prints the minified bytes of each folder of src/, the shaders and the WASM module in a bundle, largest first. */
function reportParts({ outputs }) {
  const weights = new Map();
  for (const [path, { bytesInOutput }] of Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs))) {
    const part = path.endsWith(".wasm") ? "bregman.wasm" : path.split("/").slice(0, 2).join("/");
    const name = /\.wgsl$/.test(path) ? "shaders" : part;
    weights.set(name, (weights.get(name) ?? 0) + bytesInOutput);
  }
  console.log("\npart of index.js     bytes");
  for (const [name, bytes] of [...weights].sort(([, a], [, b]) => b - a)) {
    console.log(`${name.padEnd(18)}${String(bytes).padStart(8)}`);
  }
}

/** Builds as asked; returns the faults found. The module lands even when the bundles cannot be made. */
async function main(options) {
  const dist = join(root, "dist");
  const check = options.includes("--check");
  const folder = mkdtempSync(join(tmpdir(), "bregman-build-"));
  try {
    compileShipped(folder);
    if (!check) for (const file of Object.values(shippedModules)) placeFile(join(folder, file), join(dist, file));
    if (options.includes("--wasm")) return [];
    const { missing, facade } = await bundleInto(folder);
    for (const entry of missing) console.log(`${entry} does not exist: left out`);
    const faults = reportSizes(folder);
    if (options.includes("--parts")) reportParts(facade);
    if (!check) {
      replaceFolder(folder, dist);
      return faults;
    }
    const stale = differences(folder, dist);
    return [...faults, ...stale.map((name) => `dist/${name} is not what the sources build: run node build.mjs`)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = await main(process.argv.slice(2)).catch((error) => [error.message]);
  for (const fault of faults) console.error(`build: ${fault}`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
