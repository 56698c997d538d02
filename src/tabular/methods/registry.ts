import type { Mdp } from "../mdp.ts";
import { approximateMirrorPolicyOptimization } from "./approximate-mirror-policy-optimization.ts";
import { approximateNewton } from "./approximate-newton.ts";
import { clippedMaximumAPosteriori } from "./clipped-maximum-a-posteriori.ts";
import { configurableMirrorDescent } from "./configurable-mirror-descent.ts";
import { entropyAnnealing } from "./entropy-annealing.ts";
import { choicesOf, type ExactMethod } from "./exact-method.ts";
import { fisherRaoFlow } from "./fisher-rao-flow.ts";
import { functionalAcceleration } from "./functional-acceleration.ts";
import { generalizedPolicyMirrorDescent } from "./generalized-policy-mirror-descent.ts";
import { groupedPolicyMirrorDescent } from "./grouped-policy-mirror-descent.ts";
import { gumbelPolicyImprovement } from "./gumbel-policy-improvement.ts";
import { logLinearNaturalGradient } from "./log-linear-natural-gradient.ts";
import { lookaheadPolicyMirrorDescent } from "./lookahead-policy-mirror-descent.ts";
import { magneticMirrorDescent } from "./magnetic-mirror-descent.ts";
import { softMdpo } from "./mdpo.ts";
import { policyMirrorDescent } from "./policy-mirror-descent.ts";
import { politex } from "./politex.ts";
import { projectedAscent } from "./projected-ascent.ts";
import { softmaxMirrorDescent } from "./softmax-mirror-descent.ts";

/** Every exact method on processes, one line each. Their parameters differ: each reads its own. */
export const exactMethods: readonly ExactMethod<any>[] = [
  policyMirrorDescent, projectedAscent, softMdpo, generalizedPolicyMirrorDescent, approximateMirrorPolicyOptimization,
  lookaheadPolicyMirrorDescent, functionalAcceleration, entropyAnnealing, fisherRaoFlow, approximateNewton,
  softmaxMirrorDescent, politex, magneticMirrorDescent, configurableMirrorDescent, clippedMaximumAPosteriori,
  groupedPolicyMirrorDescent, logLinearNaturalGradient, gumbelPolicyImprovement,
];

/** A method's six choices in words, read from the objects that they are. */
export function describeExactMethod(method: ExactMethod<any>, mdp: Mdp): Readonly<Record<string, string>> {
  const { geometry, anchors = [], signal, stepSize, solver, temperature } = choicesOf(method, mdp);
  const old = solver?.id === "projection" ? [] : ["old-policy"];
  return {
    map: geometry.id,
    anchors: [...old, ...anchors.map(({ id }) => id), ...temperature ? ["the map itself"] : []].join(", ") || "none",
    signal: signal?.id ?? "q",
    schedule: typeof stepSize === "number" ? "constant" : stepSize.id,
    solver: solver?.id ?? "closed form",
    sampler: "all states",
  };
}
