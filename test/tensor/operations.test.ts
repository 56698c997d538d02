import { describe, expect, it } from "vitest";
import * as t from "../../src/tensor/index.ts";
import { evaluate, type InputValues } from "../support/interpreter.ts";
import { philox } from "../support/philox.ts";

const valueOf = (tensor: t.Tensor, inputs: InputValues = {}): number[] => [...evaluate([tensor], inputs)[0]!];
const tensor = (name: string, ...shape: number[]): t.Tensor => t.input(name, shape);
const index = (name: string, ...shape: number[]): t.Tensor => t.input(name, shape, "i32");

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return undefined;
}

describe("the interpreter gives values written out by hand", () => {
  const counting = { x: [1, 2, 3, 4, 5, 6] };
  const x = tensor("x", 2, 3);

  it("matmul with a bias", () => {
    const y = t.matmul(x, tensor("w", 3, 2), tensor("b", 2));
    expect(valueOf(y, { ...counting, w: [1, 0, 0, 1, 1, 1], b: [10, 20] })).toEqual([14, 25, 20, 31]);
  });
  it("permute, slice and reshape", () => {
    expect(valueOf(t.transpose(x), counting)).toEqual([1, 4, 2, 5, 3, 6]);
    expect(valueOf(t.slice(x, 1, 1, 3), counting)).toEqual([2, 3, 5, 6]);
    expect(valueOf(t.reshape(t.transpose(x), [2, 3]), counting)).toEqual([1, 4, 2, 5, 3, 6]);
  });
  it("broadcasting", () => {
    expect(valueOf(t.add(x, tensor("r", 3)), { ...counting, r: [10, 20, 30] })).toEqual([11, 22, 33, 14, 25, 36]);
    expect(valueOf(t.mul(x, tensor("c", 2, 1)), { ...counting, c: [1, -1] })).toEqual([1, 2, 3, -4, -5, -6]);
  });
  it("reductions", () => {
    expect(valueOf(t.sum(x, 0), counting)).toEqual([5, 7, 9]);
    expect(valueOf(t.mean(x, 1), counting)).toEqual([2, 5]);
    expect(valueOf(t.max(x), counting)).toEqual([6]);
    expect(valueOf(t.min(x, [-1], { keepDims: true }), counting)).toEqual([1, 4]);
  });
  it("concat and split", () => {
    expect(valueOf(t.concat([x, tensor("c", 2, 1)], 1), { ...counting, c: [8, 9] })).toEqual([1, 2, 3, 8, 4, 5, 6, 9]);
    expect(t.split(x, [1, 2]).map((part) => valueOf(part, counting))).toEqual([[1, 4], [2, 3, 5, 6]]);
  });
  it("argmax takes the first of equals", () => expect(valueOf(t.argmax(x), { x: [3, 3, 1, 0, 7, 7] })).toEqual([0, 1]));
  it("gathers and their scatter-adds, indices clamped", () => {
    const rows = index("k", 3);
    expect(valueOf(t.gatherRows(x, rows), { ...counting, k: [1, -5, 9] })).toEqual([4, 5, 6, 1, 2, 3, 4, 5, 6]);
    expect(valueOf(t.scatterAddRows(tensor("d", 3), rows, 2), { d: [1, 2, 4], k: [1, -5, 9] })).toEqual([2, 5]);
    const along = index("j", 2, 2);
    expect(valueOf(t.takeAlongAxis(x, along, 1), { ...counting, j: [2, 0, 1, 7] })).toEqual([3, 1, 5, 6]);
    const scattered = t.scatterAddAlongAxis(tensor("d", 2, 2), along, 1, 3);
    expect(valueOf(scattered, { d: [1, 2, 4, 8], j: [2, 0, 1, 1] })).toEqual([2, 0, 1, 0, 12, 0]);
    expect(valueOf(t.oneHot(index("k", 2), 3), { k: [2, 0] })).toEqual([0, 0, 1, 1, 0, 0]);
  });
  it("linear scans forwards and backwards", () => {
    const [reward, factor] = [tensor("r", 3), tensor("a", 3)];
    expect(valueOf(t.linearScan(reward, factor), { r: [1, 1, 1], a: [0.5, 0.5, 0] })).toEqual([1, 1.5, 1]);
    const backwards = t.linearScan(reward, factor, { reverse: true });
    expect(valueOf(backwards, { r: [1, 1, 1], a: [0.5, 0, 0.5] })).toEqual([1.5, 1, 1]);
  });
  it("min and max keep a NaN on the left only, and the left of equals", () => {
    const [a, b] = [tensor("a", 3), tensor("b", 3)];
    const values = { a: [NaN, 1, 0], b: [1, NaN, -0] };
    expect(valueOf(t.minimum(a, b), values)).toEqual([NaN, 1, 0]);
    expect(valueOf(t.maximum(a, b), values)).toEqual([NaN, 1, 0]);
  });
  it("round takes ties to even, cast truncates towards zero", () => {
    const y = tensor("y", 6);
    const values = { y: [0.5, 1.5, 2.5, -0.5, -1.5, -2.7] };
    expect(valueOf(t.round(y), values).map((value) => value + 0)).toEqual([0, 2, 2, 0, -2, -3]);
    expect(valueOf(t.cast(y, "i32"), values).map((value) => value + 0)).toEqual([0, 1, 2, 0, -1, -2]);
  });
  it("i32 arithmetic wraps", () => {
    const k = index("k", 1);
    expect(valueOf(t.add(k, 1), { k: [2147483647] })).toEqual([-2147483648]);
    expect(valueOf(t.mul(k, 65537), { k: [65537] })).toEqual([131073]);
  });
});

describe("values of composed functions", () => {
  it("gelu, softplus and sigmoid at a few points", () => {
    const y = tensor("y", 3);
    const values = { y: [-1, 0, 2] };
    // Python: x/2*(1+tanh(sqrt(2/pi)*(x+0.044715*x**3))), log(1+exp(x)), 1/(1+exp(-x))
    const expectClose = (f: (x: t.Tensor) => t.Tensor, expected: number[]): void => {
      valueOf(f(y), values).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 8));
    };
    expectClose(t.gelu, [-0.15880801, 0, 1.95459769]);
    expectClose(t.softplus, [0.31326169, 0.69314718, 2.12692801]);
    expectClose(t.sigmoid, [0.26894142, 0.5, 0.88079708]);
  });
  it("softmax rows sum to one and log-softmax is its logarithm", () => {
    const x = tensor("x", 2, 3);
    const values = { x: [1000, 1001, 999, -5, 0, 5] };
    valueOf(t.sum(t.softmax(x), -1), values).forEach((total) => expect(total).toBeCloseTo(1, 12));
    const logs = valueOf(t.log(t.softmax(x)), values);
    valueOf(t.logSoftmax(x), values).forEach((value, i) => expect(value).toBeCloseTo(logs[i]!, 10));
  });
  it("layer norm gives rows of mean 0 and variance 1", () => {
    const x = tensor("x", 2, 4);
    const rows = valueOf(t.layerNorm(x, undefined, undefined, 0), { x: [1, 2, 3, 4, -10, 0, 10, 40] });
    for (const row of [rows.slice(0, 4), rows.slice(4)]) {
      expect(row.reduce((a, b) => a + b)).toBeCloseTo(0, 12);
      expect(row.reduce((a, b) => a + b * b, 0) / 4).toBeCloseTo(1, 12);
    }
  });
  it("causal attention at position 0 is the first value, and later values do not reach back", () => {
    const [q, k, v] = [tensor("q", 3, 2), tensor("k", 3, 2), tensor("v", 3, 2)];
    const values = { q: [1, 2, 3, 4, 5, 6], k: [1, 0, 0, 1, 1, 1], v: [7, 8, 9, 10, 11, 12] };
    const y = valueOf(t.causalAttention(q, k, v), values);
    expect(y.slice(0, 2)).toEqual([7, 8]);
    const later = { ...values, v: [7, 8, 9, 10, -11, 99], k: [1, 0, 0, 1, 50, 1] };
    const changed = valueOf(t.causalAttention(q, k, v), later);
    expect(changed.slice(0, 4)).toEqual(y.slice(0, 4));
  });
});

describe("random numbers", () => {
  // The test vectors that Random123 publishes (kat_vectors, philox4x32 with 10 rounds).
  it("Philox gives the published words", () => {
    const words = (...values: number[]): number[] => values.map((value) => value | 0);
    expect(philox([0, 0, 0, 0], [0, 0])).toEqual(words(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8));
    expect(philox([-1, -1, -1, -1], [-1, -1])).toEqual(words(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd));
    expect(philox([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0]))
      .toEqual(words(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1));
  });
  it("element i of a draw is word i mod 4 of block i / 4 at the state's draw and stream", () => {
    const state = { s: [11, 22, 33, 44] };
    const bits = valueOf(t.randomBits(index("s", 4), [2, 3], 5), state);
    expect(bits).toEqual([...philox([0, 5, 33, 44], [11, 22]), ...philox([1, 5, 33, 44], [11, 22]).slice(0, 2)]);
  });
  it("the next state is one draw further", () => {
    expect(valueOf(t.advanceRandom(index("s", 4)), { s: [1, 2, 2147483647, 4] })).toEqual([1, 2, -2147483648, 4]);
  });
  it("uniform, normal and Gumbel draws have the moments of their laws", () => {
    const state = { s: [1, 2, 3, 4] };
    const moments = (draw: (state: t.Tensor, shape: number[], salt: number) => t.Tensor): number[] => {
      const values = valueOf(draw(index("s", 4), [4000], 0), state);
      const mean = values.reduce((a, b) => a + b) / values.length;
      return [mean, values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length];
    };
    const near = ([mean, variance]: number[], ofLaw: number[]): void => {
      expect(Math.abs(mean! - ofLaw[0]!)).toBeLessThan(4 * Math.sqrt(ofLaw[1]! / 4000));
      expect(Math.abs(variance! / ofLaw[1]! - 1)).toBeLessThan(0.15);
    };
    near(moments(t.randomUniform), [0.5, 1 / 12]);
    near(moments(t.randomNormal), [0, 1]);
    near(moments(t.randomGumbel), [0.5772156649, Math.PI ** 2 / 6]);
  });
});

describe("rewrites at construction", () => {
  const x = tensor("x", 2, 3);
  it("neutral elements disappear", () => {
    const reshaped = t.reshape(t.reshape(x, [6]), [2, 3]);
    const results = [t.add(x, 0), t.mul(1, x), t.sub(x, 0), t.div(x, 1), t.neg(t.neg(x)), reshaped];
    for (const same of results) expect(same).toBe(x);
  });
  it("constants fold", () => {
    const six = t.mul(t.full([2], 3), t.add(t.constant(1), 1));
    expect(six.inputs[0]!.operation).toEqual({ op: "constant", value: 6 });
  });
  it("adding a negation is a subtraction", () => expect(t.add(x, t.neg(tensor("y", 2, 3))).operation.op).toBe("sub"));
});

describe("what the operations refuse, by code", () => {
  const x = tensor("x", 2, 3);
  const k = index("k", 2);
  const refused: [string, string, () => unknown][] = [
    ["sizes that do not broadcast", "invalid-shape", () => t.add(x, tensor("y", 2))],
    ["f32 with i32", "invalid-dtype", () => t.add(t.slice(x, 1, 0, 1), t.expandDims(k, -1))],
    ["division of whole numbers", "invalid-dtype", () => t.div(k, k)],
    ["exp of whole numbers", "invalid-dtype", () => t.exp(k)],
    ["logic on numbers", "invalid-dtype", () => t.logicalAnd(x, x)],
    ["a condition that is not bool", "invalid-dtype", () => t.where(x, x, x)],
    ["branches of two types", "invalid-dtype", () => t.where(t.less(k, 1), k, t.input("z", [2]))],
    ["an axis that does not exist", "invalid-shape", () => t.sum(x, 2)],
    ["an empty axis", "invalid-shape", () => tensor("y", 2, 0)],
    ["a size that is not whole", "invalid-shape", () => tensor("y", 1.5)],
    ["a sum of whole numbers", "invalid-dtype", () => t.sum(k)],
    ["factors that do not multiply", "invalid-shape", () => t.matmul(x, x)],
    ["a factor of rank one", "invalid-shape", () => t.matmul(x, tensor("y", 3))],
    ["a bias of another length", "invalid-shape", () => t.matmul(x, tensor("w", 3, 2), tensor("b", 3))],
    ["a reshape to another size", "invalid-shape", () => t.reshape(x, [5])],
    ["a reshape that does not divide", "invalid-shape", () => t.reshape(x, [4, -1])],
    ["a permutation that repeats", "invalid-shape", () => t.permute(x, [0, 0])],
    ["an empty slice", "invalid-shape", () => t.slice(x, 0, 1, 1)],
    ["a slice outside", "invalid-shape", () => t.slice(x, 0, 1, 3)],
    ["concat of nothing", "invalid-shape", () => t.concat([], 0)],
    ["concat of shapes that do not join", "invalid-shape", () => t.concat([x, tensor("y", 3, 2)], 0)],
    ["a transpose of a vector", "invalid-shape", () => t.transpose(tensor("y", 3))],
    ["an index of f32", "invalid-dtype", () => t.gatherRows(x, x)],
    ["rows of a scalar", "invalid-shape", () => t.gatherRows(tensor("y"), k)],
    ["an index that does not match", "invalid-shape", () => t.takeAlongAxis(x, index("j", 3, 1), 1)],
    ["a scatter of whole numbers", "invalid-dtype", () => t.scatterAddRows(k, k, 3)],
    ["a scatter to no rows", "invalid-shape", () => t.scatterAddRows(tensor("y", 2), k, 0)],
    ["a scatter whose index does not begin the shape", "invalid-shape", () => t.scatterAddRows(tensor("y", 3), k, 3)],
    ["a scatter along an axis with an index of another length", "invalid-shape",
      () => t.scatterAddAlongAxis(x, index("j", 2, 2), 1, 4)],
    ["a scan of a scalar", "invalid-shape", () => t.linearScan(tensor("y"), tensor("z"))],
    ["a scan of whole numbers", "invalid-dtype", () => t.linearScan(k, k)],
    ["a random state that is not four words", "invalid-shape", () => t.randomUniform(index("s", 3), [2], 0)],
  ];
  it.each(refused)("%s", (_, code, action) => expect(codeOf(action)).toBe(code));
});
