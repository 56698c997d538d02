import fc from "fast-check";
import { expect, it } from "vitest";
import {
  curvatureOf, deviation, directionOf, gradientsOf, nameOf, tryDifferentiable,
} from "../support/differentiable.ts";
import { differences, directionalDifferences } from "../support/finite-differences.ts";
import { evaluate } from "../support/interpreter.ts";
import { randomGraph } from "../support/random-graph.ts";

it("gradients of random graphs, and their gradients, equal central differences", () => {
  fc.assert(fc.property(randomGraph(), (graph) => {
    const problem = tryDifferentiable(graph);
    fc.pre(problem !== undefined);
    const gradients = gradientsOf(problem);
    const values = evaluate([...gradients, ...curvatureOf(problem)], problem.values);
    const second = directionalDifferences(gradients, problem.values, directionOf(problem));
    const check = (what: string, actual: ArrayLike<number>, expected: ArrayLike<number>): void => {
      const { norm, element } = deviation(actual, expected);
      expect(Math.max(norm, element), `${what} of ${graph.name}`).toBeLessThan(1e-6);
    };
    problem.variables.forEach((x, i) => {
      check(`d/d${nameOf(x)}`, values[i]!, differences(problem.loss, problem.values, nameOf(x)));
      check(`second derivative by ${nameOf(x)}`, values[problem.variables.length + i]!, second[i]!);
    });
  }), { seed: 20, numRuns: 150 });
});
