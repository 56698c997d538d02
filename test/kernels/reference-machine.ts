// The machine in plain TypeScript, for tests: the same instructions over a copy of the memory, one element at a time,
// each rounding written as Math.fround. It knows nothing of tiles, vectors or blocks; its order of arithmetic IS the
// contract.
import type { Operands } from "../../src/devices/machine-instructions.ts";

/** A copy of linear memory from address `base` on. */
export interface MemoryImage {
  readonly base: number;
  readonly words: Int32Array<ArrayBuffer>;
  readonly floats: Float32Array<ArrayBuffer>;
}

const { fround } = Math;
const at = (image: MemoryImage, address: number) => (address - image.base) / 4;
const clampIndex = (index: number, count: number) => Math.max(0, Math.min(index, count - 1));

type Matmul = Operands<"matmulNN">;

export function matmulNN(image: MemoryImage, operands: Matmul): void {
  matmul(image, operands, operands.aStride, 4);
}

export function matmulTN(image: MemoryImage, operands: Matmul): void {
  matmul(image, operands, 4, operands.aStride);
}

function matmul(image: MemoryImage, o: Matmul, aRow: number, aDepth: number): void {
  const { batch1 = 1, aBatch1 = 0, bBatch1 = 0, yBatch1 = 0, bias = 0 } = o;
  const { batch2 = 1, aBatch2 = 0, bBatch2 = 0, yBatch2 = 0 } = o;
  for (let p = 0; p < batch1; p++) {
    for (let q = 0; q < batch2; q++) {
      const a = at(image, o.a + p * aBatch1 + q * aBatch2);
      const b = at(image, o.b + p * bBatch1 + q * bBatch2);
      const y = at(image, o.y + p * yBatch1 + q * yBatch2);
      for (let i = 0; i < o.rows; i++) {
        for (let j = 0; j < o.columns; j++) {
          let sum = bias === 0 ? 0 : image.floats[at(image, bias) + j]!;
          for (let k = 0; k < o.depth; k++) {
            const left = image.floats[a + (i * aRow + k * aDepth) / 4]!;
            sum = fround(sum + fround(left * image.floats[b + (k * o.bStride) / 4 + j]!));
          }
          image.floats[y + (i * o.yStride) / 4 + j] = sum;
        }
      }
    }
  }
}

export function transpose(image: MemoryImage, o: Operands<"transpose">): void {
  const { batch1 = 1, aBatch1 = 0, yBatch1 = 0, batch2 = 1, aBatch2 = 0, yBatch2 = 0 } = o;
  for (let p = 0; p < batch1; p++) {
    for (let q = 0; q < batch2; q++) {
      const a = at(image, o.a + p * aBatch1 + q * aBatch2), y = at(image, o.y + p * yBatch1 + q * yBatch2);
      for (let i = 0; i < o.rows; i++) {
        for (let j = 0; j < o.columns; j++) {
          image.words[y + (j * o.yStride) / 4 + i] = image.words[a + (i * o.aStride) / 4 + j]!;
        }
      }
    }
  }
}

export function gatherRows(image: MemoryImage, o: Operands<"gatherRows">): void {
  const width = o.rowBytes / 4, x = at(image, o.x), y = at(image, o.y), index = at(image, o.index);
  for (let i = 0; i < o.count; i++) {
    const row = clampIndex(image.words[index + i]!, o.rows);
    for (let j = 0; j < width; j++) image.words[y + i * width + j] = image.words[x + row * width + j]!;
  }
}

export function scatterAddRows(image: MemoryImage, o: Operands<"scatterAddRows">): void {
  const d = at(image, o.d), y = at(image, o.y), index = at(image, o.index);
  image.floats.fill(0, y, y + o.rows * o.width);
  for (let i = 0; i < o.count; i++) {
    const row = y + clampIndex(image.words[index + i]!, o.rows) * o.width;
    for (let j = 0; j < o.width; j++) {
      image.floats[row + j] = image.floats[row + j]! + image.floats[d + i * o.width + j]!;
    }
  }
}

export function takeAlong(image: MemoryImage, o: Operands<"takeAlong">): void {
  const x = at(image, o.x), y = at(image, o.y), index = at(image, o.index);
  for (let p = 0; p < o.outer; p++) {
    for (let j = 0; j < o.n; j++) {
      for (let i = 0; i < o.inner; i++) {
        const element = (p * o.n + j) * o.inner + i;
        const row = clampIndex(image.words[index + element]!, o.size);
        image.words[y + element] = image.words[x + (p * o.size + row) * o.inner + i]!;
      }
    }
  }
}

export function scatterAddAlong(image: MemoryImage, o: Operands<"scatterAddAlong">): void {
  const d = at(image, o.d), y = at(image, o.y), index = at(image, o.index);
  image.floats.fill(0, y, y + o.outer * o.size * o.inner);
  for (let p = 0; p < o.outer; p++) {
    for (let j = 0; j < o.n; j++) {
      for (let i = 0; i < o.inner; i++) {
        const element = (p * o.n + j) * o.inner + i;
        const to = y + (p * o.size + clampIndex(image.words[index + element]!, o.size)) * o.inner + i;
        image.floats[to] = image.floats[to]! + image.floats[d + element]!;
      }
    }
  }
}

export function argmax(image: MemoryImage, o: Operands<"argmax">): void {
  for (let r = 0; r < o.rows; r++) {
    const row = image.floats.subarray(at(image, o.x) + r * o.n, at(image, o.x) + (r + 1) * o.n);
    const largest = row.reduce((best, value) => (value > best ? value : best), -Infinity);
    image.words[at(image, o.y) + r] = Math.max(0, row.indexOf(largest));
  }
}

export function linearScan(image: MemoryImage, o: Operands<"linearScan">): void {
  const x = at(image, o.x), a = at(image, o.a), y = at(image, o.y);
  for (let j = 0; j < o.width; j++) {
    let sum = 0;
    for (let s = 0; s < o.steps; s++) {
      const element = (o.reverse ? o.steps - 1 - s : s) * o.width + j;
      sum = fround(image.floats[x + element]! + fround(image.floats[a + element]! * sum));
      image.floats[y + element] = sum;
    }
  }
}

export function randomBits(image: MemoryImage, o: Operands<"randomBits">): void {
  const [key0, key1, draw, stream] = image.words.subarray(at(image, o.state), at(image, o.state) + 4);
  for (let i = 0; i < o.count; i++) {
    const block = philox([i >> 2, o.salt, draw!, stream!], [key0!, key1!]);
    image.words[at(image, o.y) + i] = Number(BigInt.asIntN(32, block[i & 3]!));
  }
}

/** Philox 4x32-10 in big integers. */
function philox(counter: number[], key: number[]): bigint[] {
  const word = (value: number | bigint) => BigInt.asUintN(32, BigInt(value));
  let [c0, c1, c2, c3] = counter.map(word) as [bigint, bigint, bigint, bigint];
  let [k0, k1] = key.map(word) as [bigint, bigint];
  for (let round = 0; round < 10; round++) {
    const low = 0xd2511f53n * c0, high = 0xcd9e8d57n * c2;
    [c0, c1, c2, c3] = [(high >> 32n) ^ c1 ^ k0, word(high), (low >> 32n) ^ c3 ^ k1, word(low)];
    k0 = word(k0 + 0x9e3779b9n);
    k1 = word(k1 + 0xbb67ae85n);
  }
  return [c0, c1, c2, c3];
}
