import { BregmanError } from "../../error.ts";

// Numbers of 16 bits (IEEE binary16), two a word. Every WebGPU unpacks them: `unpack2x16float`.

/** From here on numbers round to infinity. */
const tooLarge = 65520;

/** Each number rounded to the nearest half, ties to even. Throws `numerical-failure` for one that none is near. */
export function packHalves(values: Float32Array): Uint32Array {
  const words = new Uint32Array(Math.ceil(values.length / 2));
  const halves = new Uint16Array(words.buffer);
  values.forEach((value, i) => {
    if (!(Math.abs(value) < tooLarge)) {
      throw new BregmanError("numerical-failure",
        `float16: number ${i} is ${value}; halves reach to 65504 on either side; use float32`);
    }
    halves[i] = halfOf(value);
  });
  return words;
}

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/** The bits of the half nearest to |value| < 65520. */
function halfOf(value: number): number {
  single[0] = Math.abs(value);
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  if (single[0] < 2 / 32768) {
    single[0] += 0.5;   // rounds to a multiple of 2^-24, as the small halves are
    return sign | (bits[0]! - 0x3f000000);
  }
  const magnitude = bits[0]!;
  return sign | ((magnitude + 0xfff + ((magnitude >>> 13) & 1) - 0x38000000) >>> 13);
}
