import { expect, it } from "vitest";
import type { View } from "../../src/program/program.ts";
import { buildProgram, expandView, type ProgramBuilder } from "../support/hand-made-program.ts";
import { both, close, wave } from "../support/compare-programs.ts";
import { describeOnGpu, gpuKernels } from "../support/webgpu.ts";

const transposed = (view: View): View =>
  ({ ...view, shape: [...view.shape].reverse(), strides: [...view.strides].reverse() });

describeOnGpu("matmul on webgpu", () => {
  const matmul = (p: ProgramBuilder, a: View, b: View, y: View, bias?: View): void => {
    const [m, k] = a.shape.slice(-2) as [number, number];
    const flags = { transposeA: a.strides.at(-1) !== 1, transposeB: b.strides.at(-1) !== 1 };
    p.add({ kind: "matmul", m, k, n: b.shape.at(-1)!, a, b, y, bias, ...flags });
  };

  const sizes = [[2, 9, 4], [1, 1, 1], [5, 3, 2], [17, 33, 18], [16, 16, 16], [1, 40, 9], [20, 5, 1]] as const;
  it.each(sizes)("NN, NT and TN of %i x %i x %i", async (m, k, n) => {
    const p = buildProgram();
    const [a, at] = [p.input("a", [m, k]), p.input("at", [k, m])];
    const [b, bt] = [p.input("b", [k, n]), p.input("bt", [n, k])];
    const bias = p.input("bias", [n]);
    matmul(p, a, b, p.output("nn", [m, n]));
    matmul(p, a, transposed(bt), p.output("nt", [m, n]), bias);
    matmul(p, transposed(at), b, p.output("tn", [m, n]), bias);
    const { gpu, reference } = await both(p.build(), {
      a: wave(m * k), at: wave(m * k, 1), b: wave(k * n, 1.5), bt: wave(n * k, 3), bias: wave(n),
    });
    for (const name of ["nn", "nt", "tn"]) close(gpu[name]!, reference[name]!, 1e-6 * Math.max(2, Math.sqrt(k)));
  });

  it("takes two batch axes, with a side repeated along one", async () => {
    const p = buildProgram();
    const a = expandView(p.input("a", [3, 1, 5, 4]), [3, 2, 5, 4]);
    const b = expandView(p.input("b", [2, 4, 6]), [3, 2, 4, 6]);
    matmul(p, a, b, p.output("y", [3, 2, 5, 6]), p.input("bias", [6]));
    const heads = p.input("heads", [2, 5, 3, 4]);   // [batch, time, head, width], read as [batch, head, time, width]
    const order = { ...heads, shape: [2, 3, 5, 4], strides: [60, 4, 12, 1] };
    const scores = p.output("scores", [2, 3, 5, 5]);
    matmul(p, order, { ...order, shape: [2, 3, 4, 5], strides: [60, 4, 1, 12] }, scores);
    const { gpu, reference } = await both(p.build(), { a: wave(60), b: wave(48), bias: wave(6), heads: wave(120) });
    close(gpu["y"]!, reference["y"]!, 2e-6);
    close(gpu["scores"]!, reference["scores"]!, 2e-6);
  });

  /** Products of one shape in storage orders, NN with a bias; the second side is shared by the whole batch. */
  const storageOrders = (orders: readonly ("nn" | "nt" | "tn")[], batch: number, m: number, k: number, n: number) => {
    const p = buildProgram();
    const y = (name: string): View => p.output(name, [batch, m, n]);
    const a = p.input("a", [batch, m, k]);
    const at = { ...p.input("at", [batch, k, m]), shape: [batch, m, k], strides: [k * m, 1, m] };
    const b = expandView(p.input("b", [k, n]), [batch, k, n]);
    const bt = expandView(transposed(p.input("bt", [n, k])), [batch, k, n]);
    const bias = p.input("bias", [n]);
    if (orders.includes("nn")) matmul(p, a, b, y("nn"), bias);
    if (orders.includes("nt")) matmul(p, a, bt, y("nt"));
    if (orders.includes("tn")) matmul(p, at, b, y("tn"));
    const inputs = {
      a: wave(batch * m * k), at: wave(batch * k * m), b: wave(k * n), bt: wave(k * n), bias: wave(n),
    };
    return { program: p.build(), inputs };
  };

  it.each([
    ["small tiles with edges", 1, 33, 40, 35, "tiles of 32", ["nn", "nt", "tn"]],
    ["whole small tiles", 2, 32, 48, 64, "tiles of 32", ["nn", "nt", "tn"]],
    ["medium tiles with edges", 24, 65, 19, 66, "tiles of 64", ["nn", "nt", "tn"]],
    ["whole medium tiles", 96, 64, 16, 64, "tiles of 64", ["nt"]],
    ["large tiles with edges", 160, 97, 9, 100, "tiles of 128", ["nt"]],
    ["whole large tiles", 160, 128, 16, 128, "tiles of 128", ["tn"]],
    ["a narrow output in parts of k", 1, 5, 390, 6, "tiles of 32, k in 3 parts", ["nn", "nt", "tn"]],
    ["a batch in parts of k with edges", 2, 17, 401, 33, "tiles of 32, k in 3 parts", ["nn", "nt", "tn"]],
    ["medium tiles in whole parts of k", 24, 64, 512, 64, "tiles of 64, k in 4 parts", ["nn"]],
  ] as const)("on a GPU takes %s", async (_, batch, m, k, n, label, orders) => {
    const device = await gpuKernels();
    const { program, inputs } = storageOrders(orders, batch, m, k, n);
    const loaded = await device.load(program);
    expect(loaded.describe()).toContain(`; ${label}; `);
    loaded.dispose();
    const { gpu, reference } = await both(program, inputs, device);
    for (const name of orders) close(gpu[name]!, reference[name]!, 2e-6 * Math.max(3, Math.sqrt(k)));
  });
});

describeOnGpu("index kernels on webgpu", () => {
  it("gathers rows and adds them back, indices clamped", async () => {
    const p = buildProgram();
    const index = p.input("index", [3, 5], "i32");
    p.add({ kind: "gather-rows", x: p.input("x", [6, 7]), index, y: p.output("y", [3, 5, 7]) });
    p.add({ kind: "gather-rows", x: p.input("words", [6], "i32"), index, y: p.output("wordsOut", [3, 5], "i32") });
    p.add({ kind: "scatter-add-rows", x: p.input("d", [3, 5, 7]), index, y: p.output("sum", [6, 7]) });
    const { gpu, reference } = await both(p.build(), {
      index: [0, 5, 5, 2, -3, 9, 1, 1, 1, 0, 4, 5, 2, 2, 2], x: wave(42), d: wave(105),
      words: [-1, 1, 2, 2147483647, 7, -2147483648],
    });
    expect(gpu["y"]).toEqual(reference["y"]);
    expect(gpu["wordsOut"]).toEqual(reference["wordsOut"]);
    close(gpu["sum"]!, reference["sum"]!, 1e-6);
  });

  it("takes along an axis and adds back, indices clamped", async () => {
    const p = buildProgram();
    const index = p.input("index", [2, 4, 3], "i32");
    p.add({ kind: "take-along", x: p.input("x", [2, 5, 3]), index, y: p.output("y", [2, 4, 3]) });
    p.add({ kind: "scatter-add-along", x: p.input("d", [2, 4, 3]), index, y: p.output("sum", [2, 5, 3]) });
    const indices = Array.from({ length: 24 }, (_, i) => (i * 7) % 9 - 2);
    const { gpu, reference } = await both(p.build(), { index: indices, x: wave(30), d: wave(24) });
    expect(gpu["y"]).toEqual(reference["y"]);
    close(gpu["sum"]!, reference["sum"]!, 1e-6);
  });

  it("finds the first maximum", async () => {
    const p = buildProgram();
    p.add({ kind: "argmax", x: p.input("x", [70, 4]), y: p.output("y", [70], "i32") });
    const special = [NaN, 1, 3, 3, -Infinity, -Infinity, -Infinity, -Infinity, 0, -0, -1, 0, -5, -4, NaN, -4];
    const { gpu, reference } = await both(p.build(), { x: [...special, ...wave(264)] });
    expect(gpu["y"]!.slice(0, 4)).toEqual([2, 0, 0, 1]);
    expect(gpu["y"]!.slice(4)).toEqual(reference["y"]!.slice(4));
  });

  it("scans forwards and backwards", async () => {
    const p = buildProgram();
    const [x, a] = [p.input("x", [9, 2, 3]), p.input("a", [9, 2, 3])];
    p.add({ kind: "linear-scan", x, a, y: p.output("forward", [9, 2, 3]), reverse: false });
    p.add({ kind: "linear-scan", x, a, y: p.output("backward", [9, 2, 3]), reverse: true });
    const ends = wave(54, 0.9).map((value, i) => (i % 11 === 0 ? 0 : value));
    const { gpu, reference } = await both(p.build(), { x: wave(54), a: ends });
    close(gpu["forward"]!, reference["forward"]!, 2e-6);
    close(gpu["backward"]!, reference["backward"]!, 2e-6);
  });

  it("draws the words of Philox 4x32-10", async () => {
    const p = buildProgram();
    const state = p.input("state", [4], "i32");
    p.add({ kind: "random-bits", state, y: p.output("y", [2, 135], "i32"), salt: 0x243f6a88 });
    p.add({ kind: "random-bits", state, y: p.output("other", [7], "i32"), salt: -1 });
    const words = [0xa4093822, 0x299f31d0, 0x13198a2e, 0x03707344].map((word) => word | 0);
    const { gpu, reference } = await both(p.build(), { state: words });
    expect(gpu["y"]).toEqual(reference["y"]);
    expect(gpu["other"]).toEqual(reference["other"]);
  });

  it("gives the published words of an all-zero counter and key (Random123, kat_vectors)", async () => {
    const p = buildProgram();
    p.add({ kind: "random-bits", state: p.input("state", [4], "i32"), y: p.output("y", [4], "i32"), salt: 0 });
    const { gpu } = await both(p.build(), { state: [0, 0, 0, 0] });
    expect(gpu["y"]!.map((word) => word >>> 0)).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
  });
});
