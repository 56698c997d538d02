import fc from "fast-check";
import { expect, it } from "vitest";
import { packHalves } from "../../src/devices/webgpu/halves.ts";
import { compile, input, matmul, mul } from "../../src/tensor.ts";
import { close, wave } from "../support/compare-programs.ts";
import { describeOnGpu, sharedDevice } from "../support/webgpu.ts";

/** The number that 16 bits stand for: (-1)^s 2^(e-15) (1 + m / 1024), and (-1)^s 2^-14 m / 1024 where e is 0. */
function numberOf(half: number): number {
  const [exponent, mantissa] = [(half >> 10) & 31, half & 1023];
  const size = exponent === 0 ? mantissa / 2 ** 24 : (1 + mantissa / 1024) * 2 ** (exponent - 15);
  return half & 0x8000 ? -size : size;
}

const halfOf = (value: number): number => packHalves(Float32Array.of(value))[0]!;
const finite = Array.from({ length: 0x7c00 }, (_, half) => half);

it("every half is kept, with its sign", () => {
  const halves = [...finite, ...finite.map((half) => half | 0x8000)];
  const words = packHalves(Float32Array.from(halves, numberOf));
  expect([...new Uint16Array(words.buffer)]).toEqual(halves);
});

it("what lies between two halves goes to the nearer one, from the middle to the even one", () => {
  const [halves, shares] = [fc.integer({ min: 0, max: 0x7bfe }), fc.double({ min: 0, max: 1, noNaN: true })];
  fc.assert(fc.property(halves, shares, (low, share) => {
    const [below, above] = [numberOf(low), numberOf(low + 1)];
    const value = Math.fround(below + share * (above - below));
    const middle = (below + above) / 2;
    const nearest = value < middle ? low : value > middle ? low + 1 : low + low % 2;
    expect(halfOf(value)).toBe(nearest);
    expect(halfOf(-value)).toBe(nearest | 0x8000);
    expect(halfOf(middle)).toBe(low + low % 2);
  }));
});

it("numbers that round to infinity are refused", () => {
  expect(halfOf(65519)).toBe(0x7bff);
  for (const value of [65520, -65520, Infinity, NaN]) expect(() => halfOf(value)).toThrow(/float16: number 0/);
});

describeOnGpu("buffers of halves", () => {
  const product = () => compile({ outputs: { y: matmul(input("x", [6, 7]), input("w", [7, 5]), input("b", [5])) } });

  it("take half the bytes, and programs read the numbers nearest to those written", async () => {
    const device = await sharedDevice();
    const [w, b, x] = [wave(35), wave(5, 3), wave(42)];
    const halves = device.allocateHalves(1035);
    expect(halves.block.byteLength).toBe(2304);   // 2070, in pieces of 256
    const kept = device.allocateHalves(35);
    device.write(kept, Float32Array.from(w));
    const loaded = await device.load(product(), { w: kept });
    device.write(loaded.buffer("x"), Float32Array.from(x));
    device.write(loaded.buffer("b"), Float32Array.from(b));
    loaded.run();
    const rounded = w.map((value) => numberOf(halfOf(value)));
    const wanted = Array.from({ length: 30 }, (_, i) =>
      x.slice(Math.floor(i / 5) * 7, Math.floor(i / 5) * 7 + 7)
        .reduce((sum, value, k) => sum + value * rounded[5 * k + i % 5]!, b[i % 5]!));
    close(Array.from(await device.read(loaded.buffer("y"))), wanted, 1e-6);
    loaded.dispose();
  });

  it("are written as a whole and by nobody else", async () => {
    const device = await sharedDevice();
    const halves = device.allocateHalves(4);
    expect(() => device.write(halves, new Float32Array(2))).toThrow(/float16/);
    await expect(device.read(halves)).rejects.toThrow(/programs alone/);
    const x = input("x", [4]);
    await expect(device.load(compile({ updates: [[x, mul(x, 2)]] }), { x: halves })).rejects.toThrow(/only be read/);
  });
});
