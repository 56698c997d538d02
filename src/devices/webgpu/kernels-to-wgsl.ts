import argmax from "../../../shaders/argmax.wgsl";
import gatherRows from "../../../shaders/gather-rows.wgsl";
import clampIndex from "../../../shaders/lib/clamp-index.wgsl";
import matmulOperands from "../../../shaders/lib/matmul-operands.wgsl";
import philox from "../../../shaders/lib/philox.wgsl";
import linearScan from "../../../shaders/linear-scan.wgsl";
import matmulLarge from "../../../shaders/matmul-large.wgsl";
import matmulSmall from "../../../shaders/matmul.wgsl";
import randomBits from "../../../shaders/random-bits.wgsl";
import scatterAddAlong from "../../../shaders/scatter-add-along.wgsl";
import scatterAddRows from "../../../shaders/scatter-add-rows.wgsl";
import takeAlong from "../../../shaders/take-along.wgsl";
import { invariant } from "../../error.ts";
import type { IndexKernel, MatmulKernel, View } from "../../program/program.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { Dispatch, DispatchOperand } from "./dispatch.ts";

// The hand-written kernels: shapes and strides are parameters, so one pipeline serves all sizes.

const threads = 64;
type WordType = DispatchOperand["type"];
const loads = (name: string, view: View, type: WordType): DispatchOperand => ({ name, view, type, access: "load" });
const stores = (name: string, view: View, type: WordType): DispatchOperand => ({ name, view, type, access: "store" });
const indexed = ({ x, index, y }: { x: View; index: View; y: View }, type: WordType): DispatchOperand[] =>
  [loads("x", x, type), loads("index", index, "i32"), stores("y", y, type)];

/** Fewer tiles of 64 x 64 than this would leave most of a GPU idle: tiles of 16 x 16 then. */
const fewLargeTiles = 32;

export function matmulDispatch(kernel: MatmulKernel): Dispatch {
  const { m, k, n, a, b, bias, y } = kernel;
  const batch = batchAxes(kernel);
  const [outer, inner] = [batch.length > 1 ? batch[0]! : undefined, batch[batch.length - 1]];
  const batches = (outer?.size ?? 1) * (inner?.size ?? 1);
  const tiles = (width: number): number => Math.ceil(m / width) * Math.ceil(n / width) * batches;
  const large = Math.min(m, n) >= 64 && tiles(64) >= fewLargeTiles;
  return {
    label: `matmul ${batch.map(({ size }) => `${size} x `).join("")}[${m}, ${k}] [${k}, ${n}]${bias ? " + bias" : ""}` +
      `${kernel.transposeA ? ", a transposed" : ""}${kernel.transposeB ? ", b transposed" : ""}`,
    // Without a bias y stands in for it, unread, so that both kinds share a pipeline.
    operands: [loads("a", a, "f32"), loads("b", b, "f32"), stores("y", y, "f32"), loads("bias", bias ?? y, "f32")],
    parameters: {
      rows: m, depth: k, columns: n, has_bias: Number(bias !== undefined),
      a_row: a.strides.at(-2)!, a_column: a.strides.at(-1)!, b_row: b.strides.at(-2)!, b_column: b.strides.at(-1)!,
      a_transposed: Number(kernel.transposeA), b_transposed: Number(kernel.transposeB),
      batch_inner: inner?.size ?? 1,
      a_outer: outer?.a ?? 0, a_inner: inner?.a ?? 0, b_outer: outer?.b ?? 0, b_inner: inner?.b ?? 0,
    },
    code: matmulOperands + (large ? matmulLarge : matmulSmall),
    workgroups: tiles(large ? 64 : 16),
  };
}

/** The batch axes longer than 1, with the strides of both sides. */
function batchAxes({ a, b, y }: MatmulKernel): { size: number; a: number; b: number }[] {
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

export function indexDispatch(kernel: IndexKernel): Dispatch {
  switch (kernel.kind) {
    case "gather-rows": {
      const { x, index, y } = kernel;
      const width = sizeOf(x.shape.slice(1));
      return perElement(kernel.kind, sizeOf(y.shape), indexed(kernel, "u32"),
        { count: sizeOf(index.shape), width, rows: x.shape[0]! }, clampIndex + gatherRows);
    }
    case "scatter-add-rows": {
      const { index, y } = kernel;
      const width = sizeOf(y.shape.slice(1));
      return perElement(kernel.kind, sizeOf(y.shape), indexed(kernel, "f32"),
        { count: sizeOf(index.shape), width, rows: y.shape[0]! }, clampIndex + scatterAddRows);
    }
    case "take-along": {
      const { x, index, y } = kernel;
      const [outer, size, inner] = x.shape as [number, number, number];
      return perElement(kernel.kind, sizeOf(y.shape), indexed(kernel, "u32"),
        { outer, size, inner, count: index.shape[1]! }, clampIndex + takeAlong);
    }
    case "scatter-add-along": {
      const { index, y } = kernel;
      const [outer, size, inner] = y.shape as [number, number, number];
      return perElement(kernel.kind, sizeOf(y.shape), indexed(kernel, "f32"),
        { outer, size, inner, count: index.shape[1]! }, clampIndex + scatterAddAlong);
    }
    case "argmax": {
      const { x, y } = kernel;
      const rows = sizeOf(y.shape);
      return perElement(kernel.kind, rows, [loads("x", x, "f32"), stores("y", y, "i32")],
        { rows, size: sizeOf(x.shape) / rows }, argmax);
    }
    case "linear-scan": {
      const { x, a, y } = kernel;
      const width = sizeOf(y.shape.slice(1));
      return perElement(kernel.kind, width, [loads("x", x, "f32"), loads("a", a, "f32"), stores("y", y, "f32")],
        { steps: y.shape[0]!, width, reverse: Number(kernel.reverse) }, linearScan);
    }
    case "random-bits": {
      const { state, y } = kernel;
      const count = sizeOf(y.shape);
      return perElement(kernel.kind, Math.ceil(count / 4), [loads("state", state, "u32"), stores("y", y, "u32")],
        { count, salt: kernel.salt >>> 0 }, philox + randomBits);
    }
  }
}

function perElement(
  kind: string, count: number, operands: readonly DispatchOperand[],
  parameters: Readonly<Record<string, number>>, code: string,
): Dispatch {
  const label = `${kind} ${operands.map(({ name, view }) => `${name} [${view.shape.join(", ")}]`).join(", ")}`;
  return { label, operands, parameters, code, workgroups: Math.ceil(count / threads) };
}
