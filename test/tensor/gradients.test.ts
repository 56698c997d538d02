import { describe, expect, it } from "vitest";
import { curvatureOf, deviation, differentiable, directionOf, gradientsOf, nameOf } from "../support/differentiable.ts";
import { differences, directionalDifferences } from "../support/finite-differences.ts";
import { evaluate } from "../support/interpreter.ts";
import { opCases } from "../support/op-cases.ts";

const tolerance = 1e-6;
const named = opCases.map((opCase) => [opCase.name, opCase] as const);

describe("the float64 gradient equals central differences", () => {
  it.each(named)("%s", (_, opCase) => {
    const problem = differentiable(opCase);
    const gradients = evaluate(gradientsOf(problem), problem.values);
    problem.variables.forEach((variable, i) => {
      const expected = differences(problem.loss, problem.values, nameOf(variable));
      const { norm, element } = deviation(gradients[i]!, expected);
      expect(Math.max(norm, element), nameOf(variable)).toBeLessThan(tolerance);
    });
  });
});

describe("the gradient of a gradient equals differences of gradients", () => {
  it.each(named)("%s", (_, opCase) => {
    const problem = differentiable(opCase);
    const products = evaluate(curvatureOf(problem), problem.values);
    const expected = directionalDifferences(gradientsOf(problem), problem.values, directionOf(problem));
    problem.variables.forEach((variable, i) => {
      const { norm, element } = deviation(products[i]!, expected[i]!);
      expect(Math.max(norm, element), nameOf(variable)).toBeLessThan(tolerance);
    });
  });
});
