import argmax from "../../../shaders/argmax.wgsl";
import gatherRows from "../../../shaders/gather-rows.wgsl";
import clampIndex from "../../../shaders/lib/clamp-index.wgsl";
import philox from "../../../shaders/lib/philox.wgsl";
import linearScan from "../../../shaders/linear-scan.wgsl";
import randomBits from "../../../shaders/random-bits.wgsl";
import scatterAddAlong from "../../../shaders/scatter-add-along.wgsl";
import scatterAddRows from "../../../shaders/scatter-add-rows.wgsl";
import takeAlong from "../../../shaders/take-along.wgsl";
import type { IndexKernel, View } from "../../program/program.ts";
import { sizeOf } from "../../tensor/shape.ts";
import { loads, stores, type Dispatch, type DispatchOperand } from "./dispatch.ts";

// The hand-written kernels beside the matmul: shapes and strides are parameters, so one pipeline serves all sizes.

const threads = 64;
type Indexed = { readonly x: View; readonly index: View; readonly y: View };
const indexed = ({ x, index, y }: Indexed, type: DispatchOperand["type"]): DispatchOperand[] =>
  [loads("x", x, type), loads("index", index, "i32"), stores("y", y, type)];

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
  const work = operands.reduce((sum, { view }) => sum + sizeOf(view.shape), 0);
  return { label, operands, parameters, code, workgroups: Math.ceil(count / threads), work };
}
