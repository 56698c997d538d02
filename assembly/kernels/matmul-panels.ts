// Matmuls whose right side has long rows: rows a power of two apart fall into the same few sets of the cache, and
// 1024^3 runs at half speed. Eight columns of b at a time are copied side by side before the tiles read them.
//
// Order of arithmetic (contract): that of the tiles. Depth is cut into blocks that a panel has room for; a later block
// begins with what the earlier one stored, so each element is still one chain over k ascending.
import { cover_with_tiles } from "./matmul-tile";

/** Rows of b in a panel: 8 KB, a small part of the first cache. */
const DEPTH: i32 = 256;

/** Where panels are packed. Instances that share a memory must each have a place of their own, of 32 x 256 bytes. */
export let matmul_panel: usize = memory.data(8192, 64);

/** Whether copying pays: b's rows lie far apart, and enough rows of a use each panel. */
// @ts-ignore: decorator
@inline
export function panels_pay(rows: i32, depth: i32, columns: i32, bStride: usize): bool {
  return bStride >= 2048 && rows >= 32 && depth >= 32 && columns >= 8;
}

/** As cover_with_tiles. */
export function cover_with_panels(
  rows: i32, depth: i32, columns: i32, a: usize, aRow: usize, aDepth: usize, b: usize, bStride: usize,
  y: usize, yStride: usize, start: usize, startRow: usize, startColumn: usize,
): void {
  for (let left = depth; left > 0; left -= DEPTH) {
    const block = min(left, DEPTH);
    for (let j = 0; j < columns; j += 8) {
      const offset = <usize>j << 2, origin = start + <usize>j * startColumn;
      pack_panel(block, b + offset, bStride);
      cover_with_tiles(
        rows, block, min(columns - j, 8), a, aRow, aDepth, matmul_panel, 32, y + offset, yStride,
        origin, startRow, startColumn,
      );
    }
    a += <usize>block * aDepth;
    b += <usize>block * bStride;
    start = y;
    startRow = yStride;
    startColumn = 4;
  }
}

/** Eight columns of b; past the last column these are whatever lies there, and nobody stores what comes of it. */
function pack_panel(rows: i32, b: usize, bStride: usize): void {
  let to = matmul_panel;
  for (let k = rows; k > 0; k--) {
    v128.store(to, v128.load(b));
    v128.store(to, v128.load(b, 16), 16);
    to += 32;
    b += bStride;
  }
}
