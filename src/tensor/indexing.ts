import { BregmanError } from "../error.ts";
import { checkShape, normalizeAxis, sameShape, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import { reshape } from "./views.ts";

// The primitives that read and write by an index that is itself computed.

/** y[i, ...] = x[index[i], ...]: rows of x [R, ...] by an i32 index of any shape. Indices outside are clamped. */
export function gatherRows(x: Tensor, index: Tensor): Tensor {
  checkIndex("gatherRows", index);
  if (x.rank < 1) throw new BregmanError("invalid-shape", "gatherRows: a scalar has no rows");
  return new Tensor({ op: "gather-rows" }, [x, index], [...index.shape, ...x.shape.slice(1)], x.dtype);
}

/** The adjoint of `gatherRows`: y [rows, ...] starts at 0 and y[index[i]] += x[i], i ascending. */
export function scatterAddRows(x: Tensor, index: Tensor, rows: number): Tensor {
  checkIndex("scatterAddRows", index);
  checkScatter("scatterAddRows", x, rows);
  if (!sameShape(x.shape.slice(0, index.rank), index.shape)) {
    throw new BregmanError("invalid-shape",
      `scatterAddRows: [${x.shape}] does not begin with the index's [${index.shape}]`);
  }
  return new Tensor({ op: "scatter-add-rows" }, [x, index], [rows, ...x.shape.slice(index.rank)], "f32");
}

/**
 * y[.., j, ..] = x[.., index[.., j, ..], ..] along `axis`; index has x's shape but for that axis.
 * Indices outside are clamped.
 */
export function takeAlongAxis(x: Tensor, index: Tensor, axis: number): Tensor {
  const at = checkAlong("takeAlongAxis", x, index, axis);
  const [outer, inner] = [sizeOf(x.shape.slice(0, at)), sizeOf(x.shape.slice(at + 1))];
  const flat = reshape(x, [outer, x.shape[at]!, inner]);
  const flatIndex = reshape(index, [outer, index.shape[at]!, inner]);
  return reshape(takeAlong(flat, flatIndex), index.shape);
}

/**
 * The adjoint of `takeAlongAxis`: y has `size` along `axis` and starts at 0;
 * y[.., index[.., j, ..], ..] += x[.., j, ..], j ascending.
 */
export function scatterAddAlongAxis(x: Tensor, index: Tensor, axis: number, size: number): Tensor {
  const at = checkAlong("scatterAddAlongAxis", x, index, axis);
  checkScatter("scatterAddAlongAxis", x, size);
  if (index.shape[at] !== x.shape[at]) {
    throw new BregmanError("invalid-shape",
      `scatterAddAlongAxis: index [${index.shape}] must have the shape of x, [${x.shape}]`);
  }
  const [outer, inner] = [sizeOf(x.shape.slice(0, at)), sizeOf(x.shape.slice(at + 1))];
  const normal = [outer, x.shape[at]!, inner];
  const flat = scatterAddAlong(reshape(x, normal), reshape(index, normal), size);
  return reshape(flat, x.shape.map((length, i) => (i === at ? size : length)));
}

/** `takeAlongAxis` on its normal form: x [outer, size, inner], index [outer, n, inner]. */
export function takeAlong(x: Tensor, index: Tensor): Tensor {
  return new Tensor({ op: "take-along" }, [x, index], index.shape, x.dtype);
}

/** `scatterAddAlongAxis` on its normal form: x and index [outer, n, inner] give [outer, size, inner]. */
export function scatterAddAlong(x: Tensor, index: Tensor, size: number): Tensor {
  return new Tensor({ op: "scatter-add-along" }, [x, index], [x.shape[0]!, size, x.shape[2]!], "f32");
}

function checkIndex(what: string, index: Tensor): void {
  if (index.dtype !== "i32") {
    throw new BregmanError("invalid-dtype", `${what}: the index must be i32, got ${index.dtype}`);
  }
}

function checkScatter(what: string, x: Tensor, size: number): void {
  if (x.dtype !== "f32") throw new BregmanError("invalid-dtype", `${what}: expected f32, got ${x.dtype}`);
  checkShape([size], what);
}

function checkAlong(what: string, x: Tensor, index: Tensor, axis: number): number {
  checkIndex(what, index);
  const at = normalizeAxis(axis, x.rank, what);
  if (index.rank !== x.rank || index.shape.some((size, i) => i !== at && size !== x.shape[i])) {
    throw new BregmanError("invalid-shape",
      `${what}: index [${index.shape}] must match [${x.shape}] but for axis ${at}`);
  }
  return at;
}
