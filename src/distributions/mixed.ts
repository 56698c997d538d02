import * as t from "../tensor/index.ts";
import type { Tensor } from "../tensor/index.ts";
import { columns } from "./columns.ts";
import type { Distribution, HeadInputs, PolicyHead } from "./distribution.ts";

/** One part of an action: its head, and the first value of a discrete space. */
export interface MixedPart {
  readonly head: PolicyHead;
  readonly start: number;
  /** Entries of the part's action mask; 0 for a box. */
  readonly maskSize: number;
}

/** Where a part stands in each of the joint rows. */
interface Place extends MixedPart {
  readonly output: number;
  readonly action: number;
  readonly parameter: number;
  readonly mask: number;
}

/** Draws of neighbouring parts are this far apart among the salts. */
const saltStride = 256;

/**
 * The distribution of an action of several independent parts, some discrete and some continuous:
 *
 *     log p(a) = sum_i log p_i(a_i),   H = sum_i H_i,   KL = sum_i KL_i
 *
 * `parameters` [B, P] are those of the parts in a row; actions f32 [B, A] likewise, choices as whole numbers from 0.
 */
function mixed(parameters: Tensor, places: readonly Place[]): MixedDistribution {
  const parts = places.map(({ head, parameter }) =>
    head.distribution(columns(parameters, parameter, parameter + head.parameterCount)));
  const sumOver = (f: (part: Distribution, i: number) => Tensor): Tensor => parts.map(f).reduce((a, b) => t.add(a, b));
  const join = (f: (part: Distribution, i: number) => Tensor): Tensor =>
    t.concat(parts.map((part, i) => t.cast(f(part, i), "f32")), 1);
  return {
    parts,
    logProb: (action) => sumOver((part, i) => part.logProb(actionOf(places[i]!, action))),
    entropy: () => sumOver((part) => part.entropy()),
    kl: (other) => sumOver((part, i) => part.kl((other as MixedDistribution).parts[i]!)),
    mode: () => join((part) => part.mode()),
    sample: (state, salt) => join((part, i) => part.sample(state, salt + saltStride * i)),
  };
}

export interface MixedDistribution extends Distribution {
  readonly parts: readonly Distribution[];
}

/** A part's columns of an action, in the part's own type. */
function actionOf({ head, action: from }: Place, action: Tensor): Tensor {
  return t.cast(columns(action, from, from + head.actionSize), head.actionType);
}

/**
 * A policy whose action has parts, each with a head of its own on the outputs of one network: the parts are independent
 * given the observation. Free parameters of part i are called `head.i.` instead of `head.`.
 */
export function mixedHead(parts: readonly MixedPart[]): PolicyHead {
  const places: Place[] = [];
  const sums = { output: 0, action: 0, parameter: 0, mask: 0 };
  for (const part of parts) {
    places.push({ ...part, ...sums });
    sums.output += part.head.outputs;
    sums.action += part.head.actionSize;
    sums.parameter += part.head.parameterCount;
    sums.mask += part.maskSize;
  }
  const ownName = (name: string, i: number): string => name.replace(/^head\./, `head.${i}.`);
  const inputsOf = ({ output, actionMask, parameters, ...rest }: HeadInputs, place: Place, i: number): HeadInputs => ({
    ...rest,
    output: columns(output, place.output, place.output + place.head.outputs),
    actionMask: actionMask && place.maskSize > 0
      ? columns(actionMask, place.mask, place.mask + place.maskSize) : undefined,
    parameters: Object.fromEntries(place.head.parameters.map(({ name }) => [name, parameters[ownName(name, i)]!])),
  });
  const toEnvironment = (action: Tensor): Tensor => t.concat(places.map((place) => {
    const own = t.cast(place.head.toEnvironment(actionOf(place, action)), "f32");
    return place.start === 0 ? own : t.add(own, place.start);
  }), 1);
  return {
    kind: "mixed",
    outputs: sums.output,
    actionSize: sums.action,
    actionType: "f32",
    parameters: places.flatMap(({ head }, i) =>
      head.parameters.map((spec) => ({ ...spec, name: ownName(spec.name, i) }))),
    parameterCount: sums.parameter,
    explorationSize: 0,
    parametersOf: (inputs) =>
      t.concat(places.map((place, i) => place.head.parametersOf(inputsOf(inputs, place, i))), 1),
    distribution: (parameters) => mixed(parameters, places),
    toEnvironment,
    toUnit: (action) => action,
    fromUnit: toEnvironment,
  };
}
