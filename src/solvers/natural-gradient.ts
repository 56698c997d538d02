import { compile } from "../program/compile.ts";
import type { Program } from "../program/program.ts";
import {
  add, div, full, grad, greaterEqual, hessianVectorProduct, input, less, lessEqual, logicalAnd, maximum, mul, reshape,
  sqrt, sub, sum, where, type Tensor,
} from "../tensor/index.ts";
import { batchInputs } from "./batch.ts";
import { accumulate, actor, scheduledNames, type ActorTerms, type StepRequest } from "./gradient-steps.ts";

// The natural-gradient step x = F^-1 g, F the Fisher matrix: four programs that run in a row without a read-back. Each
// step of the conjugate gradient and of the line search is one run of its program; what they hand on are states.
//
//   gradient   g = grad mean(r A); begins the conjugate gradient: x = 0, r = p = g
//   conjugate  one iteration on (F + damping) x = g, frozen once |r|^2 <= 1e-10
//   scale      direction = x sqrt(2 klRadius / x.(F + damping)x), or x times a fixed size
//   search     theta = theta_old + c * direction for c = 1, 1/2, 1/4, ... until KL and surrogate accept
//
// F v is the Hessian-vector product of mean KL(pi_old || pi) at pi = pi_old (Schulman et al. 2015, appendix C).

/** The authors' code accepts a KL up to this multiple of the radius. */
const radiusTolerance = 1.5;
const residualTolerance = 1e-10;

export interface NaturalGradientPrograms {
  readonly gradient: Program;
  readonly conjugate: Program;
  readonly scale: Program;
  /** Absent without a line search: `scale` then takes the step itself. */
  readonly search: Program | undefined;
}

/** Vectors [P] and scalars [1] that the four programs share. */
export const naturalGradientVectors = [
  "baseParameters", "solution", "residual", "conjugateDirection", "direction",
] as const;
export const naturalGradientScalars = ["residualNorm", "baseObjective", "searchCoefficient", "accepted"] as const;

export function naturalGradientPrograms(request: StepRequest, step: "radius" | "fixed"): NaturalGradientPrograms {
  const withSearch = step === "radius" && request.hyperparameters.lineSearchSteps > 0;
  return {
    gradient: gradientProgram(request),
    conjugate: conjugateProgram(request),
    scale: scaleProgram(request, step, withSearch),
    search: withSearch ? searchProgram(request) : undefined,
  };
}

/** What all four programs begin with: the parameters, the shared states by name, the actor's terms anywhere. */
interface Traced {
  readonly flat: Tensor;
  vector(name: (typeof naturalGradientVectors)[number]): Tensor;
  scalar(name: (typeof naturalGradientScalars)[number]): Tensor;
  at(parameters: Tensor): ActorTerms;
}

function traced(request: StepRequest): Traced {
  const size = request.agent.policyParameterCount;
  const batch = batchInputs(request.agent, request.size, request.columns, undefined, "policy");
  const schedule = input("schedule", [scheduledNames.length]);
  return {
    flat: input("policyParameters", [size]),
    vector: (name) => input(name, [size]),
    scalar: (name) => input(name, [1]),
    at: (parameters) => actor(request, parameters, batch, schedule),
  };
}

/** <a, b> as [1], the shape of the scalar states. */
const dot = (a: Tensor, b: Tensor): Tensor => reshape(sum(mul(a, b)), [1]);

function gradientProgram(request: StepRequest): Program {
  const { flat, vector, scalar, at } = traced(request);
  const { objective, entropy } = at(flat);
  const { entropyCoefficient } = request.hyperparameters;
  const goal = entropyCoefficient > 0 ? add(objective, mul(entropyCoefficient, entropy)) : objective;
  const [gradient] = grad(goal, [flat]) as [Tensor];
  return compile({
    updates: [
      [vector("baseParameters"), flat],
      [vector("solution"), full([flat.size], 0)],
      [vector("residual"), gradient],
      [vector("conjugateDirection"), gradient],
      [scalar("residualNorm"), dot(gradient, gradient)],
      [scalar("baseObjective"), reshape(goal, [1])],
    ],
  });
}

/** (F + damping) v at the current parameters. */
function fisherProduct(request: StepRequest, flat: Tensor, kl: Tensor, vector: Tensor): Tensor {
  return add(hessianVectorProduct(kl, flat, vector), mul(request.hyperparameters.damping, vector));
}

function conjugateProgram(request: StepRequest): Program {
  const { flat, vector, scalar, at } = traced(request);
  const [solution, residual, direction] = [vector("solution"), vector("residual"), vector("conjugateDirection")];
  const norm = scalar("residualNorm");
  const product = fisherProduct(request, flat, at(flat).reverseKl, direction);
  const open = less(residualTolerance, norm);
  const curvature = dot(direction, product);
  const alpha = where(open, div(norm, where(open, curvature, 1)), 0);
  const nextResidual = sub(residual, mul(alpha, product));
  const nextNorm = dot(nextResidual, nextResidual);
  const beta = where(open, div(nextNorm, where(open, norm, 1)), 0);
  return compile({
    repeats: true,
    updates: [
      [solution, add(solution, mul(alpha, direction))],
      [residual, nextResidual],
      [vector("conjugateDirection"), where(open, add(nextResidual, mul(beta, direction)), direction)],
      [norm, where(open, nextNorm, norm)],
    ],
  });
}

function scaleProgram(request: StepRequest, step: "radius" | "fixed", withSearch: boolean): Program {
  const { flat, vector, scalar, at } = traced(request);
  const { klRadius, naturalStepSize } = request.hyperparameters;
  const solution = vector("solution");
  let direction: Tensor;
  if (step === "fixed") {
    direction = mul(naturalStepSize, solution);
  } else {
    const curvature = dot(solution, fisherProduct(request, flat, at(flat).reverseKl, solution));
    direction = mul(solution, sqrt(div(2 * klRadius, maximum(curvature, 1e-12))));
  }
  const taken: [Tensor, Tensor][] = withSearch
    ? [[scalar("searchCoefficient"), full([1], 1)], [scalar("accepted"), full([1], 0)]]
    : [[flat, add(flat, direction)]];
  return compile({ updates: [[vector("direction"), direction], ...taken] });
}

function searchProgram(request: StepRequest): Program {
  const { flat, vector, scalar, at } = traced(request);
  const { klRadius, entropyCoefficient } = request.hyperparameters;
  const [coefficient, accepted] = [scalar("searchCoefficient"), scalar("accepted")];
  const candidate = add(vector("baseParameters"), mul(coefficient, vector("direction")));
  const { objective, entropy, reverseKl, clipFraction } = at(candidate);
  const goal = entropyCoefficient > 0 ? add(objective, mul(entropyCoefficient, entropy)) : objective;
  // A candidate that is not finite fails both comparisons.
  const near = lessEqual(reshape(reverseKl, [1]), radiusTolerance * klRadius);
  const better = greaterEqual(reshape(goal, [1]), scalar("baseObjective"));
  const take = logicalAnd(logicalAnd(near, better), lessEqual(accepted, 0));
  return compile({
    updates: [
      [flat, where(take, candidate, flat)],
      [accepted, where(take, 1, accepted)],
      [coefficient, mul(0.5, coefficient)],
      ...accumulate("policyMetrics", [objective, reverseKl, entropy, full([], 0), ...clipFraction], take),
    ],
  });
}
