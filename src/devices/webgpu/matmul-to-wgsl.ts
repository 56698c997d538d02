import matmulOperands from "../../../shaders/lib/matmul-operands.wgsl";
import directFrame from "../../../shaders/matmul-direct.wgsl";
import join from "../../../shaders/matmul-join.wgsl";
import tiledFrame from "../../../shaders/matmul.wgsl";
import { invariant } from "../../error.ts";
import type { MatmulKernel, View } from "../../program/program.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { AdapterTraits } from "./adapter-traits.ts";
import { fillFrame, loads, scratchView, stores, type Dispatch } from "./dispatch.ts";
import type { Epilogue } from "./epilogues.ts";
import { printEpilogue } from "./map-to-wgsl.ts";

// A matmul becomes one launch of tiles, or, where its output has too few of them to keep a GPU busy and k is long,
// launches for parts of k and for their sum. Tiles and parts follow from the shape alone: the same adapter repeats its
// bits. Shapes and strides are parameters, so that one pipeline serves all sizes of a tile.

/** A tile of `size` x `size` over slices of `steps` in k, by threads that compute `block` x `block` elements each. */
interface Tile {
  readonly size: number;
  readonly block: number;
  readonly steps: number;
  /** Workgroups from which on it beats the next smaller tile. */
  readonly enough: number;
  /** Workgroups that k is split for, where there are fewer. */
  readonly wanted: number;
}

const tiles: readonly [Tile, Tile, Tile] = [
  { size: 128, block: 8, steps: 16, enough: 160, wanted: 0 },
  { size: 64, block: 4, steps: 16, enough: 96, wanted: 128 },
  { size: 32, block: 4, steps: 16, enough: 0, wanted: 256 },
];
/** Shorter slices for a tile that takes more workgroup memory than there is. */
const fewestSteps = 8;
/** k is split into parts of at least `shortestPart`; not into few. */
const shortestPart = 128;
const fewestParts = 3;
/** On an adapter that computes on a CPU. */
const direct = { rows: 8, columns: 8, threads: 16 };

/** Launches of a matmul; with an epilogue where `takesEpilogue` says that it may have one. */
export function matmulDispatches(kernel: MatmulKernel, adapter: AdapterTraits, epilogue?: Epilogue): Dispatch[] {
  if (adapter.kind === "cpu") return [directDispatch(kernel)];
  const { tile, parts } = layoutOf(kernel);
  const steps = bytesOf(tile) <= adapter.workgroupBytes ? tile.steps : fewestSteps;
  return splitDispatches(kernel, { ...tile, steps }, parts, finishOf(kernel, epilogue));
}

/** A thread of the largest tile has too many elements for an epilogue to be repeated for each. */
export function takesEpilogue(kernel: MatmulKernel, adapter: AdapterTraits): boolean {
  return adapter.kind === "gpu" && layoutOf(kernel).tile.block < 8;
}

/** Workgroup memory for a slice of both sides, each row of it a vector longer than the tile. */
const bytesOf = ({ size, steps }: Tile): number => 2 * steps * (4 * size + 16);

function layoutOf({ m, k, n, y }: MatmulKernel): { tile: Tile; parts: number } {
  const batches = sizeOf(y.shape.slice(0, -2));
  const count = ({ size }: Tile): number => Math.ceil(m / size) * Math.ceil(n / size) * batches;
  const fits = ({ size }: Tile): boolean => Math.min(m, n) >= 0.75 * size;
  const whole = tiles.find((tile) => tile.enough > 0 && fits(tile) && count(tile) >= tile.enough);
  if (whole) return { tile: whole, parts: 1 };
  const [, medium, small] = tiles;
  const partsOf = (tile: Tile): number => {
    const parts = Math.min(Math.ceil(tile.wanted / count(tile)), Math.floor(k / shortestPart));
    return parts < fewestParts ? 1 : parts;
  };
  const tile = fits(medium) && count(medium) * partsOf(medium) >= medium.enough ? medium : small;
  return { tile, parts: partsOf(tile) };
}

/** What becomes of a finished element: `finish(i, value)` and the operands that it needs. */
interface Finish {
  readonly label: string;
  readonly code: string;
  readonly operands: Dispatch["operands"];
  readonly operations: number;
}

function finishOf(kernel: MatmulKernel, epilogue?: Epilogue, y = kernel.y): Finish {
  const { body, operands, count } = epilogue ? printEpilogue(epilogue) : { body: [], operands: [], count: 0 };
  const result = !epilogue || epilogue.storesResult;
  const lines = [...result ? ["store_y(i, value);"] : [], ...body];
  return {
    label: epilogue ? `; ${count} operations, ${epilogue.map.stores.length} stores` : "",
    code: `fn finish(i: u32, value: f32) {\n  ${lines.join("\n  ")}\n}`,
    operands: [...result ? [stores("y", y, "f32")] : [], ...operands],
    operations: count,
  };
}

/** Parts of k of whole slices, then their sum. */
function splitDispatches(kernel: MatmulKernel, tile: Tile, parts: number, finish: Finish): Dispatch[] {
  if (parts === 1) return [tiledDispatch(kernel, tile, 1, kernel.k, finish)];
  const { m, n, y } = kernel;
  const part = Math.ceil(kernel.k / parts / tile.steps) * tile.steps;
  const splits = Math.ceil(kernel.k / part);
  const count = sizeOf(y.shape);
  const scratch = scratchView([splits * count]);
  return [tiledDispatch(kernel, tile, splits, part, finishOf(kernel, undefined, scratch)), {
    label: `sum of ${splits} parts [${y.shape.join(", ")}]${finish.label}`,
    operands: [loads("parts", scratch, "f32"), ...finish.operands],
    parameters: { count, size: m * n, splits },
    code: `${finish.code}\n${join}`,
    workgroups: Math.ceil(count / 64),
    work: splits * count,
  }];
}

function tiledDispatch(kernel: MatmulKernel, tile: Tile, splits: number, part: number, finish: Finish): Dispatch {
  const { m, k, n } = kernel;
  const { size, block, steps } = tile;
  const across = size / block;
  const threads = across * across;
  const vectors = size / 4;
  const exact = m % size === 0 && n % size === 0 && k % part === 0 && part % steps === 0;
  const constants = { a_vectors: vectors, b_vectors: vectors, steps, threads, threads_across: across };
  const tileCount = Math.ceil(m / size) * Math.ceil(n / size) * sizeOf(kernel.y.shape.slice(0, -2));
  return {
    label: `${labelOf(kernel)}; tiles of ${size}${splits > 1 ? `, k in ${splits} parts` : ""}${finish.label}`,
    operands: operandsOf(kernel, finish),
    parameters: parametersOf(kernel, splits, part),
    code: [constantLines(constants), `const exact = ${exact};`, finish.code, matmulOperands,
      fillFrame(tiledFrame, tiledParts(tile, vectors, threads, across))].join("\n"),
    workgroups: tileCount * splits,
    work: (k + finish.operations) * sizeOf(kernel.y.shape),
  };
}

/** The printed parts of shaders/matmul.wgsl. */
function tiledParts({ block, steps }: Tile, vectors: number, threads: number, across: number): Record<string, string> {
  const copies = range(vectors * steps / threads);   // vectors of a slice that a thread loads
  const own = range(block / 4);                      // vectors of rows, and of columns, that it computes
  const rows = range(block);
  const vectorOf = (i: number): string => (i === 0 ? "across" : `across + ${i * across}u`);
  const rowVectorOf = (i: number): string => (i === 0 ? "down" : `down + ${i * across}u`);
  /** Where copy i of a side lies in a slice, whichever way its threads go. */
  const source = (side: string, i: number): string[] => {
    const number = `(lane + ${i * threads}u)`;
    return [
      `let ${side}_vector_${i} = select(${number} % ${vectors}u, ${number} / steps, ${side}_along_k);`,
      `let ${side}_step_${i} = select(${number} / ${vectors}u, ${number} % steps, ${side}_along_k);`,
    ];
  };
  const fetch = (side: string, i: number, k: string): string =>
    `${side}_${i} = ${side}_vector(place, ${side}_vector_${i}, ${k} + ${side}_step_${i});`;
  const sides = ["a", "b"];
  const each = (print: (side: string, i: number) => string): string[] =>
    sides.flatMap((side) => copies.map((i) => print(side, i)));
  return {
    begin: [
      ...own.map((i) => `let start_${i} = bias_vector(place, ${vectorOf(i)});`),
      ...rows.flatMap((row) => own.map((i) => `var sum_${row}_${i} = start_${i};`)),
      ...sides.flatMap((side) => copies.flatMap((i) => source(side, i))),
      ...each((side, i) => `var ${fetch(side, i, "place.first")}`),
    ].join("\n  "),
    place: each((side, i) => `${side}_tile[${side}_step_${i}][${side}_vector_${i}] = ${side}_${i};`).join("\n    "),
    fetch: each((side, i) => fetch(side, i, "next")).join("\n    "),
    multiply: range(steps).map((step) => ["{",
      ...own.map((i) => `let a_${i} = a_tile[${step}][${rowVectorOf(i)}];`),
      ...own.map((i) => `let b_${i} = b_tile[${step}][${vectorOf(i)}];`),
      ...rows.flatMap((row) => own.map((i) =>
        `sum_${row}_${i} = sum_${row}_${i} + a_${row >> 2}.${"xyzw"[row & 3]} * b_${i};`)),
    "}"].join(" ")).join("\n    "),
    end: rows.flatMap((row) => own.map((i) =>
      `store_vector(place, place.row + ${rowVectorOf(row >> 2)} + ${(row & 3) * vectors}u, ${vectorOf(i)}, ` +
      `sum_${row}_${i});`)).join("\n  "),
  };
}

function directDispatch(kernel: MatmulKernel): Dispatch {
  const { m, n, y } = kernel;
  const { rows, columns, threads } = direct;
  const blocks = Math.ceil(m / rows) * Math.ceil(n / columns) * sizeOf(y.shape.slice(0, -2));
  const own = range(columns / 4);
  const each = (print: (row: number, i: number) => string): string[] =>
    range(rows).flatMap((row) => own.map((i) => print(row, i)));
  const finish = finishOf(kernel);
  return {
    label: labelOf(kernel),
    operands: operandsOf(kernel, finish),
    parameters: { ...parametersOf(kernel, 1, kernel.k), end: sizeOf(y.shape) },
    code: [constantLines({ tile_rows: rows, tile_columns: columns, threads }),
      `const exact = ${m % rows === 0 && n % columns === 0};`, finish.code, matmulOperands,
      fillFrame(directFrame, {
        begin: [
          ...each((row, i) => `var sum_${row}_${i} = bias_vector(place, place.column + ${4 * i}u);`),
          ...range(rows).map((row) => `let a_at_${row} = a_begin(place, place.row + ${row}u);`),
          ...range(columns).map((column) => `let b_at_${column} = b_begin(place, place.column + ${column}u);`),
        ].join("\n  "),
        multiply: [
          ...own.map((i) =>
            `let b_${i} = vec4<f32>(${range(4).map((c) => `load_b(b_at_${4 * i + c} + b_k)`).join(", ")});`),
          ...range(rows).flatMap((row) => [
            `let a_${row} = load_a(a_at_${row} + a_k);`,
            ...own.map((i) => `sum_${row}_${i} = sum_${row}_${i} + a_${row} * b_${i};`),
          ]),
        ].join("\n    "),
        end: each((row, i) =>
          `store_vector(place, place.row + ${row}u, place.column + ${4 * i}u, sum_${row}_${i});`).join("\n  "),
      })].join("\n"),
    workgroups: Math.ceil(blocks / threads),
    work: kernel.k * sizeOf(y.shape),
  };
}

function labelOf({ m, k, n, bias, transposeA, transposeB, ...kernel }: MatmulKernel): string {
  const batch = batchAxes(kernel).map(({ size }) => `${size} x `).join("");
  return `matmul ${batch}[${m}, ${k}] [${k}, ${n}]${bias ? " + bias" : ""}` +
    `${transposeA ? ", a transposed" : ""}${transposeB ? ", b transposed" : ""}`;
}

/** Without a bias b stands in for it, unread, so that both kinds share a pipeline. */
function operandsOf({ a, b, bias }: MatmulKernel, finish: Finish): Dispatch["operands"] {
  return [loads("a", a, "f32"), loads("b", b, "f32"), loads("bias", bias ?? b, "f32"), ...finish.operands];
}

function parametersOf(kernel: MatmulKernel, splits: number, part: number): Record<string, number> {
  const { m, k, n, a, b, bias } = kernel;
  const batch = batchAxes(kernel);
  const [outer, inner] = [batch.length > 1 ? batch[0]! : undefined, batch[batch.length - 1]];
  return {
    rows: m, depth: k, columns: n, has_bias: Number(bias !== undefined), splits, part,
    a_row: a.strides.at(-2)!, a_column: a.strides.at(-1)!, b_row: b.strides.at(-2)!, b_column: b.strides.at(-1)!,
    a_transposed: Number(kernel.transposeA), b_transposed: Number(kernel.transposeB),
    batch_inner: inner?.size ?? 1,
    a_outer: outer?.a ?? 0, a_inner: inner?.a ?? 0, b_outer: outer?.b ?? 0, b_inner: inner?.b ?? 0,
  };
}

/** The batch axes longer than 1, with the strides of both sides. */
function batchAxes({ a, b, y }: Pick<MatmulKernel, "a" | "b" | "y">): { size: number; a: number; b: number }[] {
  const rank = y.shape.length;
  const stride = (view: View, axis: number): number => {
    const own = axis - rank + view.shape.length;
    return own < 0 || view.shape[own] === 1 ? 0 : view.strides[own]!;
  };
  const axes = y.shape.slice(0, -2)
    .map((size, axis) => ({ size, a: stride(a, axis), b: stride(b, axis) }))
    .filter(({ size }) => size > 1);
  invariant(axes.length <= 2, `a matmul has at most two batch axes, got [${y.shape}]`);
  return axes;
}

function constantLines(constants: Readonly<Record<string, number>>): string {
  return Object.entries(constants).map(([name, value]) => `const ${name} = ${value}u;`).join("\n");
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
