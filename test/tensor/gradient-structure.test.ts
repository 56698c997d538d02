import { describe, expect, it } from "vitest";
import * as t from "../../src/tensor/index.ts";
import { deviation } from "../support/differentiable.ts";
import { differences, directionalDifferences } from "../support/finite-differences.ts";
import { evaluate, type InputValues } from "../support/interpreter.ts";
import { valuesFor } from "../support/values.ts";

const vector = t.input("x", [4]);
const point = { x: [0.5, -1, 2, 0.25] };

function gradientAt(y: t.Tensor, x: t.Tensor, values: InputValues): number[] {
  return [...evaluate(t.grad(y, [x]), values)[0]!];
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  const { norm, element } = deviation(actual, expected);
  expect(Math.max(norm, element)).toBeLessThan(1e-6);
}

describe("what a gradient is taken with respect to", () => {
  it("a tensor that the scalar does not depend on gets zeros of its shape", () => {
    const other = t.input("other", [2, 3]);
    const [gradient] = t.grad(t.sum(vector), [other]) as [t.Tensor];
    expect(gradient.shape).toEqual([2, 3]);
    expect([...evaluate([gradient], point)[0]!]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("a tensor behind stopGradient or behind a whole number gets zeros", () => {
    expect(gradientAt(t.sum(t.stopGradient(t.exp(vector))), vector, point)).toEqual([0, 0, 0, 0]);
    expect(gradientAt(t.sum(t.floor(vector)), vector, point)).toEqual([0, 0, 0, 0]);
    expect(gradientAt(t.sum(t.cast(t.argmax(vector), "f32")), vector, point)).toEqual([0, 0, 0, 0]);
  });

  it("an i32 tensor gets zeros", () => {
    const index = t.input("k", [2], "i32");
    expect(gradientAt(t.sum(t.gatherRows(vector, index)), index, { ...point, k: [1, 1] })).toEqual([0, 0]);
  });

  it("the scalar itself gets one", () => {
    const y = t.sum(vector);
    expect(gradientAt(y, y, point)).toEqual([1]);
  });

  it("a tensor in the middle of the computation gets what flows through it", () => {
    const middle = t.square(vector);
    expectClose(gradientAt(t.sum(t.mul(middle, t.exp(vector))), middle, point), point.x.map(Math.exp));
  });

  it("the result of a stopGradient can be a variable of its own", () => {
    const target = t.stopGradient(t.mul(2, vector));
    expect(gradientAt(t.sum(t.square(target)), target, point)).toEqual(point.x.map((x) => 4 * x));
  });

  it("inputs and parameters together", () => {
    const weights = t.input("w", [4]);
    const values = { ...point, w: [1, 2, 3, 4] };
    const [first, second] = evaluate(t.grad(t.sum(t.mul(vector, weights)), [vector, weights]), values);
    expect([...first!]).toEqual(values.w);
    expect([...second!]).toEqual(values.x);
  });
});

describe("several outputs of one forward pass", () => {
  const specs = { x: { shape: [3, 2] }, w: { shape: [2, 2] }, v: { shape: [2, 1] } };
  const values = valuesFor(specs, 5);
  const [x, w, v] = [t.input("x", [3, 2]), t.input("w", [2, 2]), t.input("v", [2, 1])];
  const features = t.tanh(t.matmul(x, w));

  it("two losses have separate gradients", () => {
    const policyLoss = t.mean(t.logSumExp(features, -1));
    const valueLoss = t.mean(t.square(t.matmul(features, v)));
    const policyGradient = t.grad(policyLoss, [w])[0]!;
    const valueGradients = t.grad(valueLoss, [w, v]);
    const [ofPolicy, ofValue, ofHead] = evaluate([policyGradient, ...valueGradients], values);
    expectClose(ofPolicy!, differences(policyLoss, values, "w"));
    expectClose(ofValue!, differences(valueLoss, values, "w"));
    expectClose(ofHead!, differences(valueLoss, values, "v"));
  });

  it("a seed gives the vector-Jacobian product of a tensor of any shape", () => {
    const seed = t.input("seed", [3, 2]);
    const given = { ...values, seed: [1, -2, 0.5, 3, 0, 1] };
    const [product] = evaluate(t.grad(features, [w], seed), given);
    expectClose(product!, differences(t.sum(t.mul(features, seed)), given, "w"));
  });
});

describe("flat parameter vectors", () => {
  const parameters = t.input("p", [10]);
  const values = valuesFor({ p: { shape: [10] } }, 3);

  it("the gradient of disjoint slices is one concat, with zeros in the gaps", () => {
    const y = t.add(t.sum(t.exp(t.slice(parameters, 0, 1, 4))), t.sum(t.sin(t.slice(parameters, 0, 4, 8))));
    const [gradient] = t.grad(y, [parameters]) as [t.Tensor];
    expect(gradient.operation.op).toBe("concat");
    expect(gradient.inputs.map(({ shape }) => shape[0])).toEqual([1, 3, 4, 2]);
    expectClose(evaluate([gradient], values)[0]!, differences(y, values, "p"));
  });

  it("equal slices are added before they are joined", () => {
    const first = (): t.Tensor => t.slice(parameters, 0, 0, 5);
    const y = t.sum(t.mul(first(), t.exp(t.mul(first(), t.slice(parameters, 0, 5, 10)))));
    const [gradient] = t.grad(y, [parameters]) as [t.Tensor];
    expect(gradient.inputs.map(({ shape }) => shape[0])).toEqual([5, 5]);
    expectClose(evaluate([gradient], values)[0]!, differences(y, values, "p"));
  });

  it("overlapping slices add where they overlap", () => {
    const y = t.sum(t.mul(t.slice(parameters, 0, 0, 6), t.sin(t.slice(parameters, 0, 3, 9))));
    expectClose(gradientAt(y, parameters, values), differences(y, values, "p"));
  });

  it("slices and the whole vector add", () => {
    const y = t.add(t.sum(t.exp(t.slice(parameters, 0, 2, 6))), t.sum(t.square(parameters)));
    expectClose(gradientAt(y, parameters, values), differences(y, values, "p"));
  });
});

describe("gradients of gradients", () => {
  it("the third derivative of a product of functions", () => {
    const x = t.input("x", []);
    const y = t.mul(t.sin(x), t.exp(x));
    const third = [0, 1, 2].reduce((derivative) => t.grad(derivative, [x])[0]!, y);
    // (e^x sin x)''' = 2 e^x (cos x - sin x)
    expectClose(evaluate([third], { x: [0.7] })[0]!, [2 * Math.exp(0.7) * (Math.cos(0.7) - Math.sin(0.7))]);
  });

  it("a Hessian-vector product of a quadratic form is its matrix times the vector", () => {
    const x = t.input("x", [2]);
    const form = t.add(t.mul(3, t.square(t.slice(x, 0, 0, 1))), t.mul(t.slice(x, 0, 0, 1), t.slice(x, 0, 1, 2)));
    const product = t.hessianVectorProduct(t.sum(form), x, t.input("v", [2]));
    expectClose(evaluate([product], { x: [0.3, 0.4], v: [2, 5] })[0]!, [6 * 2 + 5, 2]);
  });

  it("a Hessian-vector product takes its vector as constant, also when it depends on x", () => {
    const y = t.sum(t.mul(t.square(vector), t.square(vector)));
    const product = t.hessianVectorProduct(y, vector, t.grad(y, [vector])[0]!);
    expectClose(evaluate([product], point)[0]!, point.x.map((x) => 12 * x * x * (4 * x * x * x)));
  });

  it("a penalty on the gradient with respect to the input has a gradient with respect to the weights", () => {
    const [x, w, v] = [t.input("x", [3, 2]), t.input("w", [2, 4]), t.input("v", [4, 1])];
    const values = valuesFor({ x: { shape: [3, 2] }, w: { shape: [2, 4] }, v: { shape: [4, 1] } }, 9);
    const score = t.sum(t.matmul(t.tanh(t.matmul(x, w)), v));
    const penalty = t.mean(t.square(t.grad(score, [x])[0]!));
    expectClose(gradientAt(penalty, w, values), differences(penalty, values, "w"));
    expectClose(gradientAt(penalty, v, values), differences(penalty, values, "v"));
  });

  it("a gradient flows through two unrolled steps of gradient descent to its step size and its start", () => {
    const [w, rate] = [t.input("w", [3]), t.input("rate", [])];
    const loss = (weights: t.Tensor): t.Tensor => t.sum(t.softplus(t.mul(weights, t.exp(weights))));
    const descend = (weights: t.Tensor): t.Tensor => t.sub(weights, t.mul(rate, t.grad(loss(weights), [weights])[0]!));
    const stepped = descend(descend(w));
    const values = { w: Float64Array.of(0.5, -0.8, 1.2), rate: Float64Array.of(0.05) };
    const outer = loss(stepped);
    expectClose(gradientAt(outer, rate, values), differences(outer, values, "rate"));
    expectClose(gradientAt(outer, w, values), differences(outer, values, "w"));
  });

  it("a Hessian-vector product of a divergence between two policies", () => {
    const [p, old, v] = [t.input("p", [6]), t.input("old", [6]), t.input("v", [6])];
    const values = valuesFor({ p: { shape: [6] }, old: { shape: [6] }, v: { shape: [6] } }, 4);
    const logits = (parameters: t.Tensor): t.Tensor => t.logSoftmax(t.reshape(parameters, [2, 3]));
    const kl = t.mean(t.sum(t.mul(t.exp(logits(old)), t.sub(logits(old), logits(p))), -1));
    const expected = directionalDifferences(t.grad(kl, [p]), values, { p: values.v! })[0]!;
    expectClose(evaluate([t.hessianVectorProduct(kl, p, v)], values)[0]!, expected);
  });
});

describe("gradients where a function has a kink or an extreme argument", () => {
  const x = t.input("x", [3]);
  const at = (y: (x: t.Tensor) => t.Tensor, ...values: number[]): number[] => gradientAt(t.sum(y(x)), x, { x: values });

  it("relu has gradient 0 at 0", () => expect(at(t.relu, -1, 0, 1)).toEqual([0, 0, 1]));
  it("softplus has gradient 1/2 at 0", () => expect(at(t.softplus, -800, 0, 800)).toEqual([0, 0.5, 1]));
  it("abs has gradient 1 at 0", () => expect(at(t.abs, -1, 0, 1)).toEqual([-1, 1, 1]));
  it("clamp has gradient 1 on its borders", () => expect(at((y) => t.clamp(y, -1, 1), -1, 1, 1.5)).toEqual([1, 1, 0]));
  it("sigmoid has a finite gradient far out", () => {
    const [left, middle, right] = at(t.sigmoid, -1000, 0, 1000);
    expect(left).toBeCloseTo(0, 30);
    expect(middle).toBe(0.25);
    expect(right).toBe(0);
  });
  it("a tie of minimum and of maximum goes to the left side", () => {
    const y = t.input("y", [3]);
    for (const choose of [t.minimum, t.maximum]) {
      const values = { x: [1, 2, 3], y: [1, 2, 3] };
      const gradients = evaluate(t.grad(t.sum(choose(x, y)), [x, y]), values).map((gradient) => [...gradient]);
      expect(gradients).toEqual([[1, 1, 1], [0, 0, 0]]);
    }
  });
  it("elements that tie for the largest share the gradient", () => {
    expect(at((y) => t.max(y), 2, 1, 2)).toEqual([0.5, 0, 0.5]);
  });
  it("log-softmax and log-sum-exp stay finite for huge logits", () => {
    const gradient = at((y) => t.logSumExp(y), 1e30, -1e30, 0);
    expect(gradient).toEqual([1, 0, 0]);
  });
});

describe("what grad refuses", () => {
  const code = (action: () => unknown): string | undefined => {
    try {
      action();
    } catch (error) {
      return (error as { code?: string }).code;
    }
    return undefined;
  };

  it("a tensor that is no scalar, without a seed", () => {
    expect(code(() => t.grad(t.exp(vector), [vector]))).toBe("invalid-shape");
  });
  it("a seed of another shape", () => {
    expect(code(() => t.grad(t.exp(vector), [vector], t.input("s", [3])))).toBe("invalid-shape");
  });
});
