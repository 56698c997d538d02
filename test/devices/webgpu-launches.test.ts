import { describe, expect, it } from "vitest";
import { describeProgram } from "../../src/devices/webgpu/describe.ts";
import { planLaunches, type Access } from "../../src/devices/webgpu/launches.ts";
import { add, compile, grad, input, matmul, mean, square, sub, tanh, type Tensor } from "../../src/tensor.ts";
import { both, close, wave } from "../support/compare-programs.ts";
import { describeOnGpu, gpuKernels } from "../support/webgpu.ts";

const page = {};
const reads = (from: number, to = from): Access => ({ page, from, to, writes: false });
const writes = (from: number, to = from): Access => ({ page, from, to, writes: true });

describe("launches", () => {
  it("joins equal kernels that do not depend on each other", () => {
    expect(planLaunches(["m", "t", "m", "t"], [
      [reads(0), writes(1)], [reads(1), writes(2)], [reads(0), writes(3)], [reads(3), writes(4)],
    ])).toEqual([[0, 2], [1, 3]]);
  });

  it("lets a kernel wait for its like, and keeps every order of reading and writing", () => {
    expect(planLaunches(["m", "t", "m"], [
      [reads(0), writes(1)], [reads(5), writes(6)], [reads(6), writes(7)],
    ])).toEqual([[1], [0, 2]]);
    const chain = [[reads(0), writes(1)], [reads(1), writes(0)], [reads(2), writes(1)], [reads(3, 9), writes(10)]];
    expect(planLaunches(["m", "m", "m", "m"], chain)).toEqual([[0, 3], [1], [2]]);
  });

  it("goes on with the longest chain where every kernel has its like to come", () => {
    // Both m and t come again behind the t's.
    expect(planLaunches(["m", "t", "m", "t"], [
      [reads(0), writes(1)], [reads(0), writes(2)], [reads(2), writes(3)], [reads(2), writes(4)],
    ])).toEqual([[1], [0, 2], [3]]);
  });

  it("joins no more than eight", () => {
    const accesses = Array.from({ length: 11 }, (_, i) => [writes(i)]);
    expect(planLaunches(accesses.map(() => "m"), accesses).map(({ length }) => length)).toEqual([8, 3]);
  });
});

/** Two networks x -> tanh(x w) -> v of different widths, their losses' sum, and gradients of all weights. */
function twins(rows: number) {
  const x = input("x", [rows, 5]);
  const weights: Tensor[] = [];
  const loss = [20, 33].map((width, i): Tensor => {
    const [w, v] = [input(`w${i}`, [5, width]), input(`v${i}`, [width, 2])];
    weights.push(w, v);
    return mean(square(sub(matmul(tanh(matmul(x, w)), v), input("y", [rows, 2]))));
  }).reduce((a, b) => add(a, b));
  const gradients = grad(loss, weights);
  return compile({ outputs: { loss, ...Object.fromEntries(gradients.map((g, i) => [`g${i}`, g])) } });
}

it("twin networks of different widths share the launches of their matmuls", () => {
  const list = describeProgram(twins(40));
  const shared = list.split("\n").filter((line) => / \| /.test(line));
  expect(shared.map((line) => line.match(/matmul/g)?.length)).toEqual([2, 2, 2, 4]);
});

describeOnGpu("launches on webgpu", () => {
  it("give what the kernels give one by one, where members need different numbers of workgroups", async () => {
    const program = twins(400);
    const device = await gpuKernels();
    const loaded = await device.load(program);
    expect(loaded.stepCount).toBeLessThan(program.kernels.length);
    expect(loaded.describe()).toMatch(/ \| .*k in 3 parts/);
    loaded.dispose();
    const inputs = {
      x: wave(2000), y: wave(800), w0: wave(100, 0.5), v0: wave(40, 0.4), w1: wave(165, 0.3), v1: wave(66, 0.6),
    };
    const { gpu, reference } = await both(program, inputs, device);
    for (const name of ["loss", "g0", "g1", "g2", "g3"]) close(gpu[name]!, reference[name]!, 2e-5);
  });
});
