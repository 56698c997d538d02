// Builds dist/: the WASM modules, one self-contained ES module per entry of `exports`, the command line, the types, the
// import map.
//
//   node build.mjs           builds dist/
//   node build.mjs --wasm    only the .wasm files (what the tests import)
//   node build.mjs --parts   also prints what each folder of src/ weighs in the facade
//   node build.mjs --check   builds elsewhere and compares every byte with the committed dist/
//   node build.mjs --jsr DIR copies the committed dist/ as JSR wants it, to publish from there
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { minify } from "terser";

const root = dirname(fileURLToPath(import.meta.url));

/** Modules made from one source tree. Those of `wasmFiles` are part of dist/; the other stands ready. */
export const wasmModules = {
  main: { entry: "assembly/index.ts", features: "simd,threads", flags: ["--exportTable"] },
  /** The same kernels over a memory that workers share. */
  threaded: {
    entry: "assembly/index.ts", features: "simd,threads",
    flags: ["--exportTable", "--importMemory", "--sharedMemory", "--initialMemory", "16", "--maximumMemory", "16384"],
  },
  /** What `bregman/policy` holds: one network's forward pass and no more. */
  acting: { entry: "assembly/acting.ts", features: "simd", flags: ["-Oz", "--disableWarning", "112"] },
  /** The float64 kernels of the exact engine; below 4 KB, which every page may compile at once. */
  tabular: { entry: "assembly/tabular.ts", features: "simd", flags: [] },
};

/** What dist/ holds of them. */
const wasmFiles = { main: "bregman.wasm", acting: "policy.wasm", tabular: "tabular.wasm" };

/**
 * The bundles: an entry of `exports` each, the items of the bench for pages and the command line; `limit` is the most
 * that a file may weigh, in bytes after gzip -9. Those beside the facade import it instead of holding a second copy;
 * the facade imports the MuJoCo entry, the GPU half, ONNX export and the client of workers when they are asked for.
 */
export const bundles = [
  { entry: "src/index.ts", file: "index.js", limit: 100_000 },
  { entry: "src/policy.ts", file: "policy.js", limit: 10_000 },
  { entry: "src/envs.ts", file: "envs.js", limit: 35_000 },
  { entry: "src/tensor.ts", file: "tensor.js", limit: 60_000 },
  { entry: "src/tabular.ts", file: "tabular.js", limit: 30_000 },
  { entry: "src/methods.ts", file: "methods.js", limit: 25_000 },
  { entry: "src/teams.ts", file: "teams.js", limit: 60_000 },
  { entry: "src/worker.ts", file: "worker.js", limit: 4_000, besideFacade: true },
  { entry: "src/worker/worker-trainer.ts", file: "worker-client.js", limit: 4_000, besideFacade: true },
  { entry: "src/mujoco.ts", file: "mujoco.js", limit: 15_000, besideFacade: true },
  { entry: "src/devices/webgpu/index.ts", file: "webgpu.js", limit: 20_000, besideFacade: true },
  { entry: "src/io/onnx/policy-model.ts", file: "onnx.js", limit: 8_000, besideFacade: true },
  { entry: "src/cli/bench-items.ts", file: "bench.js", limit: 10_000, besideFacade: true },
  { entry: "src/cli/main.ts", file: "cli.js", limit: 34_000, besideFacade: true, commandLine: true },
];

/**
 * Compiles one of `wasmModules` and stamps it. Strict SIMD, raw memory, no imports but the memory of the threaded twin.
 */
export function compileWasm(name, outputFile) {
  const { entry, features, flags } = wasmModules[name];
  const asc = join(root, "node_modules/assemblyscript/bin/asc.js");
  execFileSync(process.execPath, [asc, entry, "-o", outputFile, "-O3", "--enable", features, "--noAssert",
    "--runtime", "stub", "--use", "abort=", ...flags], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  writeFileSync(outputFile, stamped(readFileSync(outputFile)));
}

/** With a custom section "bregman" at the end, 16 bytes of the module's hash, by which a page's copy is recognized. */
function stamped(bytes) {
  const content = Buffer.concat([Buffer.from([7]), Buffer.from("bregman"),
    createHash("sha256").update(bytes).digest().subarray(0, 16)]);
  return Buffer.concat([bytes, Buffer.from([0, content.length]), content]);
}

function compileWasmFiles(folder) {
  for (const [name, file] of Object.entries(wasmFiles)) compileWasm(name, join(folder, file));
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

/**
 * Inlines `.wasm` as a function that gives its bytes, so that loading costs nothing and an unused one goes, and `.wgsl`
 * as text without its comments. The bytes come from `wasmFolder`.
 */
export function inlineAssets(wasmFolder) {
  return {
    name: "inline-assets",
    setup({ onLoad }) {
      onLoad({ filter: /\.wasm$/ }, ({ path }) => {
        const bytes = readFileSync(join(wasmFolder, basename(path)));
        return {
          contents: `import { bytesFromText } from "./src/devices/bytes-from-text.ts";
            export default () => bytesFromText(${JSON.stringify(textFromBytes(bytes))}, ${bytes.length});`,
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

/** Lets the facade load MuJoCo tasks, the GPU half and ONNX export from files beside it, when they are needed. */
const restStaysOutside = {
  name: "rest-stays-outside",
  setup({ onResolve }) {
    const rest = [
      [/\/mujoco\.ts$/, "./mujoco.js"], [/\/webgpu\/index\.ts$/, "./webgpu.js"], [/\/policy-model\.ts$/, "./onnx.js"],
      [/\/worker-trainer\.ts$/, "./worker-client.js"],
    ];
    for (const [filter, path] of rest) {
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

/** One file from all the modules of an entry. */
function joinModules({ entry, besideFacade = false, commandLine = false }, folder, minify = false) {
  return build({
    entryPoints: [join(root, entry)], absWorkingDir: root, metafile: true, write: false, minify,
    bundle: true, format: "esm", target: "es2022", legalComments: "none", logLevel: "warning",
    platform: commandLine ? "node" : "neutral", external: ["node:*"],
    plugins: [...(besideFacade ? [facadeStaysOutside] : []), restStaysOutside, benchStaysOutside, inlineAssets(folder)],
  });
}

async function bundle(description, folder) {
  const { file, besideFacade, commandLine } = description;
  const { metafile, outputFiles } = await joinModules(description, folder);
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
  const text = outputFiles[0].text;
  const { code } = await transform(commandLine ? text : await withoutSideEffects(text), {
    format: "esm", target: "es2022", minify: true, legalComments: "none",
  });
  // A second minifier, which looks across functions, takes another 3 % off. It must not move a function to its only
  // call, where each call would make a closure: `act` allocates nothing.
  const { code: small } = commandLine ? { code } : await minify(code, {
    module: true, ecma: 2022, compress: { passes: 3, reduce_funcs: false, hoist_funs: true, pure_funcs: [pure] },
    format: { preserve_annotations: true, ascii_only: true },
  });
  const header = commandLine ? "#!/usr/bin/env node\n" : "";
  const shaped = commandLine ? small.replace(/^#!.*\n/, "") : small.replaceAll(`${pure}(`, "$pure(");
  writeFileSync(join(folder, file), header + (small.includes(pure) ? pureHelper : "") + modulesLast(shaped, folder));
}

/**
 * Moves the text of each WASM module to the end of a bundle: gzip looks back 32 KB, so that in the middle the text, of
 * which nothing repeats, would part the code behind it from the code before.
 */
function modulesLast(code, folder) {
  return Object.entries(wasmFiles).reduce((moved, [name, file]) => {
    const text = `"${textFromBytes(readFileSync(join(folder, file)))}"`;
    return moved.includes(text) ? `${moved.replace(text, () => `$${name}`)}const $${name}=${text};` : moved;
  }, code);
}

/** An unbound name, which minifiers leave alone, and what takes its place: longer than the names that they make. */
const pure = "__bregman_pure__";
const pureHelper = "/* @__NO_SIDE_EFFECTS__ */function $pure(make){return make()}";

/**
 * Modules of src/ have no side effects, which package.json says; a bundle of them has to say so in its text, or else a
 * page's bundler keeps what is computed at its top level. So whatever would be kept is made by a function that is
 * marked as free of side effects.
 */
async function withoutSideEffects(text) {
  const unused = await build({
    stdin: { contents: `import "bundle"`, resolveDir: root }, bundle: true, write: false, format: "esm",
    plugins: [{
      name: "bundle",
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /.*/ }, ({ path }) =>
          path === "bundle" ? { path, namespace: "bundle" } : { external: true });
        onLoad({ filter: /.*/, namespace: "bundle" }, () => ({ contents: text }));
      },
    }],
  });
  const kept = new Set(Array.from(unused.outputFiles[0].text.matchAll(/^ *var ([\w$]+) = /gm), ([, name]) => name));
  // Inner lines are indented or close a bracket, so a declaration ends before the first line that does neither.
  const declaration = /^var ([\w$]+) = ([^]*?);\n(?=\n|[^\s)}\]])/gm;
  const isPlain = /^(class\b|function\b|async\b|\(.*\) =>|[\w$]+ =>|["'`\d])/;
  return text.replace(declaration, (whole, name, value) =>
    kept.has(name) && !isPlain.test(value) ? `var ${name} = ${pure}(() => (${value}));\n` : whole);
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

/**
 * The package for JSR: entries name their declarations themselves, and declarations import each other by the names of
 * their files, as Deno wants it and TypeScript does not.
 */
export function stageForJsr(folder) {
  for (const file of ["jsr.json", "README.md", "LICENSE"]) placeFile(join(root, file), join(folder, file));
  replaceFolder(join(root, "dist"), join(folder, "dist"));
  for (const file of filesUnder(join(folder, "dist/types"))) {
    const path = join(folder, "dist/types", file);
    writeFileSync(path, readFileSync(path, "utf8").replace(/((?:from |import\()")(\.[^"]*)\.js(")/g, "$1$2.d.ts$3"));
  }
  for (const entry of Object.values(JSON.parse(readFileSync(join(root, "jsr.json"), "utf8")).exports)) {
    const path = join(folder, entry);
    const types = `./types/${basename(entry, ".js")}.d.ts`;
    writeFileSync(path, `/* @ts-self-types="${types}" */\n${readFileSync(path, "utf8")}`);
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
  compileWasmFiles(folder);
  return bundleInto(folder);
}

async function bundleInto(folder) {
  const present = bundles.filter(({ entry }) => existsSync(join(root, entry)));
  const missing = bundles.filter((bundle) => !present.includes(bundle));
  await Promise.all(present.map((each) => bundle(each, folder)));
  if (missing.every(({ optional }) => optional)) emitTypes(join(folder, "types"));
  writeFileSync(join(folder, "importmap.json"), `${JSON.stringify(importMap(folder), null, 2)}\n`);
  return missing.map(({ entry }) => entry);
}

/** The entries of `exports` by their names, and the hash of each file, which a browser checks before it runs it. */
function importMap(folder) {
  const { name, exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const entries = Object.entries(exports).flatMap(([path, { default: target }]) =>
    target && existsSync(join(folder, basename(target))) ? [[`${name}${path.slice(1)}`, `./${basename(target)}`]] : []);
  const files = filesUnder(folder).filter((file) => file.endsWith(".js"));
  const hashOf = (file) => createHash("sha384").update(readFileSync(join(folder, file))).digest("base64");
  return {
    imports: Object.fromEntries(entries),
    integrity: Object.fromEntries(files.map((file) => [`./${file}`, `sha384-${hashOf(file)}`])),
  };
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

/** Prints raw and gzip sizes and what is allowed; returns the faults found. */
function reportSizes(folder) {
  const faults = [];
  const row = (name, ...numbers) =>
    console.log(name.padEnd(16) + numbers.map((each) => String(each).padStart(10)).join(""));
  row("file", "bytes", "gzip -9", "at most");
  for (const file of filesUnder(folder).filter((name) => !name.startsWith("types/"))) {
    const bytes = readFileSync(join(folder, file));
    const gzip = gzipSync(bytes, { level: 9 }).length;
    const limit = bundles.find((each) => each.file === file)?.limit ?? Infinity;
    row(file, bytes.length, gzip, limit < Infinity ? limit : "");
    if (gzip > limit) faults.push(`${file}: ${gzip} bytes gzip, at most ${limit} allowed`);
  }
  const types = filesUnder(folder).filter((name) => name.startsWith("types/"));
  row(`types (${types.length})`, types.reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0));
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
  const jsr = options.indexOf("--jsr");
  if (jsr >= 0) {
    stageForJsr(options[jsr + 1]);
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), "bregman-build-"));
  try {
    compileWasmFiles(folder);
    if (!check) for (const file of Object.values(wasmFiles)) placeFile(join(folder, file), join(dist, file));
    if (options.includes("--wasm")) return [];
    for (const entry of await bundleInto(folder)) console.log(`${entry} does not exist: left out`);
    const faults = reportSizes(folder);
    if (options.includes("--parts")) reportParts((await joinModules(bundles[0], folder, true)).metafile);
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
