// GFLOP/s of the matmul kernels over shapes that policies use: `node bench/kernels.mjs [path of the module]`.
// A multiply and an add count as two; medians of seven.
import { readFileSync } from "node:fs";
import { cpus } from "node:os";

const path = process.argv[2] ?? new URL("../dist/bregman.wasm", import.meta.url);
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path)), {});
const { memory, machine_repeat: repeat } = exports;
const opcodes = { NN: 1, TN: 2, transpose: 3 };

const base = 1 << 20, spacing = (4 << 20) + 2368; // not a multiple of 4096: equal low bits delay loads behind stores
memory.grow(320);
const [program, a, b, y, bias] = [0, 1, 2, 3, 3.9].map((i) => base + i * spacing);
new Float32Array(memory.buffer, a, 2 * spacing / 4).forEach((_, i, all) => { all[i] = Math.sin(i); });

/** kind, rows x depth x columns, and a + where there is a bias */
const shapes = `
  NN 64 64 64    NN 64 64 64 +    NN 2048 64 64 +   NN 64 17 64 +   NN 2048 17 64 +   NN 64 4 64 +   NN 64 1 64
  NN 64 64 12 +  NN 64 64 6 +     NN 64 64 4 +      NN 64 64 2 +    NN 64 64 1 +      NN 2048 64 1 +
  NN 1 64 64 +   NN 1 4 64 +      NN 1 64 2 +       NN 1 64 1 +     NN 3 64 64 +      NN 7 64 64 +   NN 8 64 64 +
  NN 8 8 8       NN 50 50 50      NN 256 256 6      NN 256 256 256  NN 512 512 512
  TN 64 64 64    TN 64 2048 64    TN 17 64 64       TN 17 2048 64   TN 4 2048 64      TN 256 256 256
  TN 64 64 6     TN 64 2048 6     TN 64 2048 2      TN 64 64 1      TN 64 2048 1
  transpose 64 0 64   transpose 256 0 256   transpose 6 0 64   transpose 64 0 6   transpose 17 0 64
`.match(/[a-zA-Z]+( \d+){3}( \+)?/g).map((text) => {
  const [kind, rows, depth, columns, plus] = text.split(" ");
  return { kind, rows: +rows, depth: +depth, columns: +columns, withBias: plus !== undefined };
});

function words({ kind, rows, depth, columns, withBias }) {
  if (kind === "transpose") return [opcodes[kind], rows, columns, a, 4 * columns, y, 4 * rows, 1, 0, 0, 1, 0, 0];
  const aStride = 4 * (kind === "NN" ? depth : rows);
  const operands = [rows, depth, columns, a, aStride, b, 4 * columns, y, 4 * columns, withBias ? bias : 0];
  return [opcodes[kind], ...operands, 1, 0, 0, 0, 1, 0, 0, 0];
}

function secondsPerRun(shape) {
  const instruction = words(shape);
  new Int32Array(memory.buffer, program, instruction.length).set(instruction);
  const end = program + 4 * instruction.length;
  const time = (times) => {
    const start = performance.now();
    repeat(program, end, times);
    return (performance.now() - start) / 1000 / times;
  };
  const times = Math.max(1, Math.ceil(0.02 / Math.max(time(100), 1e-8)));
  return Array.from({ length: 7 }, () => time(times)).sort((p, q) => p - q)[3];
}

// Every kernel is compiled well before anything is timed.
for (const shape of shapes.filter(({ rows }) => rows < 256)) secondsPerRun(shape);
console.log(`${cpus()[0].model}, Node ${process.version}`);
for (const shape of shapes) {
  const { kind, rows, depth, columns, withBias } = shape;
  const seconds = secondsPerRun(shape);
  const rate = kind === "transpose"
    ? `${(seconds * 1e9 / (rows * columns)).toFixed(2)} ns/element`
    : `${(2 * rows * depth * columns / seconds / 1e9).toFixed(1)} GFLOP/s`;
  const name = `${kind} ${rows} x ${depth} x ${columns}${withBias ? " + bias" : ""}`;
  console.log(`${name.padEnd(28)} ${(seconds * 1e6).toFixed(3).padStart(10)} us  ${rate.padStart(14)}`);
}
