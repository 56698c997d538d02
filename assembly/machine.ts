// The machine: walks a program's instructions, `opcode, operands...` in i32 words, and calls the kernels. No JavaScript
// runs between them. src/devices/machine-instructions.ts is the encoder and names every operand; the two change
// together.
//
// A program may be run in slices: any range that begins and ends between instructions runs and returns, and the
// contents of memory do not depend on the cuts.
import {
  await_pieces, current_ticket, finish_piece, has_helpers, has_pieces, meet_at, newest_module, offer, piece_bytes, rest,
  take,
} from "./crew";
import { argmax } from "./kernels/argmax";
import { gather_rows } from "./kernels/gather-rows";
import { linear_scan } from "./kernels/linear-scan";
import { matmul_nn } from "./kernels/matmul-nn";
import { matmul_tn } from "./kernels/matmul-tn";
import { scatter_add_along } from "./kernels/scatter-add-along";
import { scatter_add_rows } from "./kernels/scatter-add-rows";
import { take_along } from "./kernels/take-along";
import { transpose } from "./kernels/transpose";
import { philox_fill } from "./random/philox";

const WORD: usize = 4;

/** Runs the instructions from address `pc` up to address `end`. An unknown opcode traps. */
export function machine_run(pc: usize, end: usize): void {
  while (pc < end) {
    switch (operand(pc, 0)) {
      case 0: // call: an emitted map
        call_indirect<void>(operand(pc, 1));
        pc += 2 * WORD;
        break;
      case 1:
        matmul_batches(pc, false);
        pc += 19 * WORD;
        break;
      case 2:
        matmul_batches(pc, true);
        pc += 19 * WORD;
        break;
      case 3:
        transpose_batches(pc);
        pc += 13 * WORD;
        break;
      case 4:
        gather_rows(operand(pc, 1), address(pc, 2), operand(pc, 3), address(pc, 4), address(pc, 5), address(pc, 6));
        pc += 7 * WORD;
        break;
      case 5:
        scatter_add_rows(
          operand(pc, 1), operand(pc, 2), operand(pc, 3), address(pc, 4), address(pc, 5), address(pc, 6),
        );
        pc += 7 * WORD;
        break;
      case 6:
        take_along(
          operand(pc, 1), operand(pc, 2), operand(pc, 3), operand(pc, 4),
          address(pc, 5), address(pc, 6), address(pc, 7),
        );
        pc += 8 * WORD;
        break;
      case 7:
        scatter_add_along(
          operand(pc, 1), operand(pc, 2), operand(pc, 3), operand(pc, 4),
          address(pc, 5), address(pc, 6), address(pc, 7),
        );
        pc += 8 * WORD;
        break;
      case 8:
        argmax(operand(pc, 1), operand(pc, 2), address(pc, 3), address(pc, 4));
        pc += 5 * WORD;
        break;
      case 9:
        linear_scan(
          operand(pc, 1), operand(pc, 2), operand(pc, 3) != 0, address(pc, 4), address(pc, 5), address(pc, 6),
        );
        pc += 7 * WORD;
        break;
      case 10:
        random_bits(operand(pc, 1), operand(pc, 2), address(pc, 3), address(pc, 4));
        pc += 5 * WORD;
        break;
      case 11:   // so many instructions of equal length follow that write to different elements
        if (has_helpers()) {
          run_together(pc + 3 * WORD, operand(pc, 1), operand(pc, 2));
          pc += operand(pc, 1) * operand(pc, 2);
        }
        pc += 3 * WORD;
        break;
      default:
        unreachable();
    }
  }
}

/** Runs the same instructions `times` times: an inner loop of updates in one call. */
export function machine_repeat(pc: usize, end: usize, times: i32): void {
  for (let i = 0; i < times; i++) machine_run(pc, end);
}

/** Runs `count` instructions, `bytes` apart, with whoever of the helpers comes along. */
function run_together(first: usize, count: i32, bytes: i32): void {
  offer(first, count, bytes);
  for (let t = current_ticket(); has_pieces(t); t = current_ticket()) run_piece(t, bytes);
  await_pieces(count);
}

function run_piece(ticket: u64, bytes: i32): void {
  const piece = take(ticket);
  if (piece == 0) return;
  machine_run(piece, piece + bytes);
  finish_piece();
}

/**
 * A helper's life: takes pieces until there are newer maps than `linked`, whose record it returns, or until it is told
 * to end, and returns -1. It looks for newer maps before it takes a piece that may call one.
 */
export function machine_help(block: usize, linked: i32): i32 {
  meet_at(block);
  let idle = 0;
  while (true) {
    const ticket = current_ticket();
    const newest = newest_module();
    if (newest != linked) return newest;
    if (has_pieces(ticket)) {
      run_piece(ticket, piece_bytes());
      idle = 0;
    } else {
      idle = rest(ticket, idle);
    }
  }
}

// @ts-ignore: decorator
@inline
function operand(pc: usize, word: usize): i32 {
  return load<i32>(pc + word * WORD);
}

// @ts-ignore: decorator
@inline
function address(pc: usize, word: usize): usize {
  return <usize>load<u32>(pc + word * WORD);
}

/** Both matmuls, over two levels of batches. */
function matmul_batches(pc: usize, transposed: bool): void {
  const rows = operand(pc, 1), depth = operand(pc, 2), columns = operand(pc, 3);
  const a = address(pc, 4), aStride = address(pc, 5), b = address(pc, 6), bStride = address(pc, 7);
  const y = address(pc, 8), yStride = address(pc, 9), bias = address(pc, 10);
  const batch1 = address(pc, 11), batch2 = address(pc, 15);
  for (let i: usize = 0; i < batch1; i++) {
    const a1 = a + i * address(pc, 12), b1 = b + i * address(pc, 13), y1 = y + i * address(pc, 14);
    for (let j: usize = 0; j < batch2; j++) {
      const a2 = a1 + j * address(pc, 16), b2 = b1 + j * address(pc, 17), y2 = y1 + j * address(pc, 18);
      if (transposed) matmul_tn(rows, depth, columns, a2, aStride, b2, bStride, y2, yStride, bias);
      else matmul_nn(rows, depth, columns, a2, aStride, b2, bStride, y2, yStride, bias);
    }
  }
}

/** The transpose, over two levels of batches. */
function transpose_batches(pc: usize): void {
  const batch1 = address(pc, 7), batch2 = address(pc, 10);
  for (let i: usize = 0; i < batch1; i++) {
    for (let j: usize = 0; j < batch2; j++) {
      const a = address(pc, 3) + i * address(pc, 8) + j * address(pc, 11);
      const y = address(pc, 5) + i * address(pc, 9) + j * address(pc, 12);
      transpose(operand(pc, 1), operand(pc, 2), a, address(pc, 4), y, address(pc, 6));
    }
  }
}

/** y i32[count]: the first words of the draw that `state` = i32[4] [key0, key1, draw, stream] and the salt name. */
function random_bits(count: i32, salt: i32, state: usize, y: usize): void {
  philox_fill(load<u32>(state), load<u32>(state, 4), load<u32>(state, 8), load<u32>(state, 12), salt, count, y);
}
