import { beforeAll, describe, expect, it } from "vitest";
import type { PartialHyperparameters } from "../../src/agent/hyperparameters.ts";
import { createWasmDevice, type LoadedWasmProgram, type WasmBuffer } from "../../src/devices/wasm/wasm-device.ts";
import type { Space } from "../../src/envs/spaces.ts";
import { surrogateAdvantage } from "../../src/objectives/surrogate-advantage.ts";
import { klStep } from "../support/steps.ts";
import { actor } from "../../src/solvers/gradient-steps.ts";
import { batchInputs } from "../../src/solvers/batch.ts";
import {
  naturalGradientPrograms, naturalGradientScalars, naturalGradientVectors,
} from "../../src/solvers/natural-gradient.ts";
import * as t from "../../src/tensor/index.ts";
import { deviation } from "../support/differentiable.ts";
import { evaluate, type Values } from "../support/interpreter.ts";
import { smallProblem, type SmallOptions, type SmallProblem } from "../support/small-agent.ts";
import { solve } from "../support/tabular.ts";

const discrete: Space = { kind: "discrete", n: 3 };
const box: Space = { kind: "box", shape: [2], low: -1, high: 1 };

/** The Fisher matrix of a batch by its definition, mean over rows of E score score^T, in float64. */
function fisherByDefinition({ agent, request, values }: SmallProblem): number[][] {
  const size = agent.policyParameterCount;
  const flat = t.input("policyParameters", [size]);
  const batch = batchInputs(agent, request.size, request.columns, undefined, "policy");
  const logProbs = agent.policy(flat, batch.observations).logProbs!;
  const n = logProbs.shape[1]!;
  const fisher = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const probabilities = evaluate([t.exp(logProbs)], values)[0]!;
  for (let row = 0; row < request.size; row++) {
    for (let a = 0; a < n; a++) {
      const one = t.slice(t.slice(logProbs, 0, row, row + 1), 1, a, a + 1);
      const score = evaluate(t.grad(t.reshape(one, []), [flat]), values)[0]!;
      const weight = probabilities[row * n + a]! / request.size;
      for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) fisher[i]![j]! += weight * score[i]! * score[j]!;
    }
  }
  return fisher;
}

const times = (matrix: readonly (readonly number[])[], x: ArrayLike<number>): Float64Array =>
  Float64Array.from(matrix, (row) => row.reduce((sum, m, j) => sum + m * x[j]!, 0));
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, x, i) => sum + x * b[i]!, 0);
const norm = (x: ArrayLike<number>): number => Math.sqrt(dot(x, x));

/** The solver's programs on wasm with one memory, as the learner binds them. */
async function solverOf(problem: SmallProblem, step: "radius" | "fixed") {
  const device = await createWasmDevice();
  const { agent, request, values } = problem;
  const buffers: Record<string, WasmBuffer> = {};
  for (const [name, data] of Object.entries(values)) {
    const integer = name === "action" && agent.head.actionType === "i32";
    buffers[name] = device.allocate(data.length, integer ? "i32" : "f32");
    device.write(buffers[name]!, integer ? Int32Array.from(data) : Float32Array.from(data));
  }
  for (const name of naturalGradientVectors) buffers[name] = device.allocate(agent.policyParameterCount, "f32");
  for (const name of naturalGradientScalars) buffers[name] = device.allocate(1, "f32");
  buffers.policyMetrics = device.allocate(5, "f32");
  const programs = naturalGradientPrograms(request, step);
  const load = async (name: keyof typeof programs): Promise<LoadedWasmProgram | undefined> =>
    programs[name] && device.load(programs[name], buffers);
  const [gradient, conjugate, scale, search] =
    await Promise.all((["gradient", "conjugate", "scale", "search"] as const).map(load));
  return {
    gradient: gradient!, conjugate: conjugate!, scale: scale!, search,
    get: (name: string): Float64Array => Float64Array.from(buffers[name]!.view()),
    put: (name: string, data: ArrayLike<number>): void => device.write(buffers[name]!, Float32Array.from(data)),
  };
}

function problemOf(
  hyperparameters: PartialHyperparameters, options: SmallOptions = {}, space = discrete,
): SmallProblem {
  return smallProblem(space, surrogateAdvantage, { ...options, hyperparameters });
}

/** Parameters after one whole natural-gradient step. */
async function stepped(
  problem: SmallProblem, step: "radius" | "fixed",
): Promise<{ change: Float64Array; solution: Float64Array }> {
  const solver = await solverOf(problem, step);
  const before = solver.get("policyParameters");
  solver.gradient.run();
  solver.conjugate.run(problem.request.hyperparameters.conjugateGradientSteps);
  solver.scale.run();
  return { change: solver.get("policyParameters").map((x, i) => x - before[i]!), solution: solver.get("solution") };
}

const damping = 0.05;
const settled = { damping, conjugateGradientSteps: 60, lineSearchSteps: 0 };

describe("the Fisher matrix", () => {
  const problem = problemOf(settled);
  const size = problem.agent.policyParameterCount;
  let fisher: number[][];
  beforeAll(() => {
    fisher = fisherByDefinition(problem);
  });

  it("times a vector is the Hessian-vector product of the mean KL divergence", () => {
    const { agent, request, values } = problem;
    const flat = t.input("policyParameters", [size]);
    const batch = batchInputs(agent, request.size, request.columns, undefined, "policy");
    const { reverseKl } = actor(request, flat, batch, t.input("schedule", [6]));
    const product = t.hessianVectorProduct(reverseKl, flat, t.input("vector", [size]));
    for (const column of [0, 3, size - 1]) {
      const vector = Float64Array.from({ length: size }, (_, i) => Number(i === column));
      const actual = evaluate([product], { ...values, vector })[0]!;
      expect(deviation(actual, times(fisher, vector)).norm).toBeLessThan(1e-10);
    }
  });

  it("is inverted by the conjugate gradient: (F + damping) x = g", async () => {
    const solver = await solverOf(problem, "fixed");
    solver.gradient.run();
    const gradient = solver.get("residual");
    solver.conjugate.run(60);
    const solution = solver.get("solution");
    const product = times(fisher, solution).map((x, i) => x + damping * solution[i]!);
    expect(deviation(product, gradient, 1e-9).norm).toBeLessThan(2e-4);
    const exact = solve(fisher.map((row, i) => row.map((x, j) => x + (i === j ? damping : 0))), [...gradient]);
    expect(deviation(solution, exact, 1e-9).norm).toBeLessThan(1e-3);
    // Once the residual is below its limit nothing moves any more.
    expect(solver.get("residualNorm")[0]).toBeLessThan(1e-10);
    solver.conjugate.run(5);
    expect(solver.get("solution")).toEqual(solution);
  });

  it("gives TRPO its scale: half x.(F + damping) x after scaling is the radius", async () => {
    const { change } = await stepped(problemOf({ ...settled, klRadius: 0.02 }), "radius");
    const curvature = dot(change, times(fisher, change)) + damping * dot(change, change);
    expect(curvature / 2 / 0.02).toBeCloseTo(1, 3);
  });
});

describe("TRPO without line search and NPG", () => {
  it.each([["categorical", discrete], ["Gaussian", box]] as const)("take one step where NPG's size matches (%s)",
    async (_, space) => {
    const trpo = await stepped(problemOf({ ...settled, klRadius: 0.013 }, {}, space), "radius");
    const unit = await stepped(problemOf({ ...settled, naturalStepSize: 1 }, {}, space), "fixed");
    expect(deviation(unit.change, unit.solution, 1e-9).norm).toBeLessThan(1e-5);
    expect(trpo.solution).toEqual(unit.solution);
    const naturalStepSize = norm(trpo.change) / norm(unit.change);
    const npg = await stepped(problemOf({ ...settled, naturalStepSize }, {}, space), "fixed");
    expect(norm(trpo.change)).toBeGreaterThan(1e-3);
    expect(deviation(npg.change, trpo.change, 1e-9).norm).toBeLessThan(1e-5);
  });

  it("on a tabular softmax policy they are MDPO's exact step with t = sqrt(2 delta / E A^2)", async () => {
    // Two states seen as one-hot rows, a linear policy, all three actions in the batch with their probabilities.
    const delta = 1e-4;
    const base = problemOf(
      { damping: 1e-6, conjugateGradientSteps: 20, lineSearchSteps: 0, klRadius: delta },
      { hidden: [], rows: 6, observationSize: 2 });
    const observations = Float64Array.from([1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1]);
    const action = Float64Array.from([0, 1, 2, 0, 1, 2]);
    const flat = t.input("policyParameters", [base.agent.policyParameterCount]);
    const policy = base.agent.policy(flat, t.input("normalizedObservations", [6, 2]));
    const given = { ...base.values, normalizedObservations: observations, action };
    const [oldParameters, oldLogProb] = evaluate([policy.logProbs!, policy.logProb(t.input("action", [6, 1], "i32"))],
      given) as [Values, Values];
    const rows = [0, 1].map((s) => [0, 1, 2].map((a) => Math.exp(oldLogProb[3 * s + a]!)));
    const advantage = [[1, -2, 0.5], [-0.3, 0.4, 2]].map((row, s) => {
      const mean = dot(rows[s]!, row);
      return row.map((x) => x - mean);
    });
    const values = {
      ...given, oldParameters, oldLogProb,
      advantages: Float64Array.from(advantage.flatMap((row, s) => row.map((x, a) => 3 * rows[s]![a]! * x))),
    };
    const { change } = await stepped({ ...base, values }, "radius");
    const after = { ...values, policyParameters: base.values.policyParameters!.map((x, i) => x + change[i]!) };
    const next = evaluate([t.exp(policy.logProbs!)], after)[0]!;
    const curvature = rows.reduce((sum, row, s) => sum + dot(row, advantage[s]!.map((x) => x * x)) / 2, 0);
    const stepSize = Math.sqrt((2 * delta) / curvature);
    rows.forEach((row, s) => klStep(row, advantage[s]!, stepSize).forEach((p, a) =>
      expect(Math.abs(next[9 * s + a]! - p)).toBeLessThan(1e-5)));
  });
});

describe("the line search", () => {
  const radius = 0.01;
  const problem = problemOf({ damping, conjugateGradientSteps: 30, klRadius: radius, lineSearchSteps: 10 });

  /** Runs the search from a direction; returns where it ended. */
  async function searched(scale: (direction: Float64Array) => Float64Array, runs = 10) {
    const solver = await solverOf(problem, "radius");
    solver.gradient.run();
    solver.conjugate.run(30);
    solver.scale.run();
    const base = solver.get("policyParameters");
    const direction = scale(solver.get("direction"));
    solver.put("direction", direction);
    solver.search!.run(runs);
    const moved = solver.get("policyParameters");
    return { base, direction, moved, accepted: solver.get("accepted")[0], metrics: solver.get("policyMetrics") };
  }
  const isAt = ({ base, direction, moved }: Awaited<ReturnType<typeof searched>>, coefficient: number): void =>
    moved.forEach((x, i) => expect(x).toBe(Math.fround(base[i]! + Math.fround(coefficient * direction[i]!))));

  it("takes the full step when it keeps the radius and improves", async () => {
    const result = await searched((direction) => direction);
    expect(result.accepted).toBe(1);
    isAt(result, 1);
    expect(result.metrics[4]).toBe(1);                      // one candidate was taken, and only it is counted
    expect(result.metrics[1]).toBeLessThan(1.5 * radius);   // its KL divergence
  });

  it("halves a step that leaves the radius until it is inside", async () => {
    const result = await searched((direction) => direction.map((x) => Math.fround(8 * x)));
    expect(result.accepted).toBe(1);
    isAt(result, 1 / 8);
  });

  it("refuses a direction that makes the surrogate worse, one that is not finite, and tries no more than it was given",
    async () => {
    for (const scale of [(x: number) => -x, () => NaN, (x: number) => 1e30 * x]) {
      const result = await searched((direction) => direction.map(scale));
      expect(result.accepted).toBe(0);
      expect(result.moved).toEqual(result.base);
      expect(result.metrics[4]).toBe(0);
    }
    const few = await searched((direction) => direction.map((x) => Math.fround(8 * x)), 2);
    expect([few.accepted, few.metrics[4]]).toEqual([0, 0]);
    expect(few.moved).toEqual(few.base);
  });
});
