import { curveSvg } from "../io/svg-curve.ts";
import type { Geometry } from "../maps/geometry/geometry.ts";
import { log64 } from "../math/float64.ts";
import { frozenAnchor } from "./anchors.ts";
import { makeBandit, makePolicy, type Mdp } from "./mdp.ts";
import { PolicyMirrorDescent, type ExactChoices } from "./policy-mirror-descent.ts";
import { simplexSvg } from "./simplex-picture.ts";
import { policyIteration } from "./value-iteration.ts";

/** What is drawn: a path for each map and step size. */
export interface GeometryOptions {
  readonly geometries: readonly Geometry[];
  readonly stepSizes: readonly number[];
  readonly iterations: number;
  /** Values of the three actions. */
  readonly signal?: readonly [number, number, number];
  readonly start?: readonly [number, number, number];
  /** A further anchor, and its weight. */
  readonly magnet?: readonly [number, number, number];
  readonly magnetWeight?: number;
  readonly temperature?: number;
}

/** Paths of mirror descent on a bandit of three actions, on its simplex, as SVG. */
export function simplexPaths(options: GeometryOptions): string {
  const { geometries, stepSizes, iterations, signal = [1, 0, -1], start = [0.15, 0.25, 0.6] } = options;
  const { magnet, magnetWeight = 0, temperature = 0 } = options;
  const bandit = makeBandit([signal]);
  const paths = geometries.flatMap((geometry) => stepSizes.map((stepSize) => {
    const anchors = magnet ? [frozenAnchor(makePolicy(bandit, [magnet]), magnetWeight, "magnet")] : [];
    const run = new PolicyMirrorDescent(bandit, { geometry, stepSize, temperature, anchors },
      makePolicy(bandit, [start]));
    const policies = [run.policy];
    for (let k = 0; k < iterations; k++) {
      run.step();
      policies.push(run.policy);
    }
    return { name: label(geometry, stepSize, stepSizes), policies };
  }));
  const held = [
    ...(magnet ? [`magnet (${magnet.join(", ")}) of weight ${magnetWeight}`] : []),
    ...(temperature > 0 ? [`temperature ${temperature}`] : []),
  ];
  return simplexSvg(paths, {
    title: "Mirror descent on three actions",
    subtitle: [`values (${signal.join(", ")})`,
      `${iterations} steps${stepSizes.length === 1 ? ` of ${stepSizes[0]}` : ""}`,
      ...held].join(", "),
    actions: [`action 1: ${signal[0]}`, `action 2: ${signal[1]}`, `action 3: ${signal[2]}`],
    signal,
  });
}

/** How far the values are from the best, max_s V*(s) - V(s), by iteration and on a logarithmic scale, as SVG. */
export function valueGaps(mdp: Mdp, options: Pick<GeometryOptions, "geometries" | "stepSizes" | "iterations">): string {
  const { geometries, stepSizes, iterations } = options;
  const best = policyIteration(mdp).values;
  const gapOf = ({ values }: PolicyMirrorDescent): number =>
    values.reduce((largest, v, s) => Math.max(largest, best[s]! - v), 1e-14);
  const curves = geometries.flatMap((geometry) => stepSizes.map((stepSize) => {
    const choices: ExactChoices = { geometry, stepSize };
    const run = new PolicyMirrorDescent(mdp, choices);
    const points = [{ step: 0, value: log64(gapOf(run)) / log64(10) }];
    for (let k = 1; k <= iterations; k++) {
      run.step();
      points.push({ step: k, value: log64(gapOf(run)) / log64(10) });
    }
    return { name: label(geometry, stepSize, stepSizes), runs: [points] };
  }));
  return curveSvg(curves, {
    title: "Value gap of exact mirror descent",
    subtitle: `${mdp.states} states, ${mdp.actions} actions, discount ${mdp.discount}`,
    interval: "none", xLabel: "iteration", yLabel: "log10 of the value gap",
  });
}

function label({ id }: Geometry, stepSize: number, stepSizes: readonly number[]): string {
  return stepSizes.length > 1 ? `${id}, step ${stepSize}` : id;
}
