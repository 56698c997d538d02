// Every objective of the kit over every kind of distribution, as cases for the checks of `op-cases.ts`: what is
// differentiated are the parameters of a small policy, its old self and the advantages are data.
import { replayObjectives, rolloutObjectives } from "../../src/algorithms/registry.ts";
import { categorical } from "../../src/distributions/categorical.ts";
import type { Distribution } from "../../src/distributions/distribution.ts";
import { gaussian } from "../../src/distributions/gaussian.ts";
import { multiCategorical } from "../../src/distributions/multi-categorical.ts";
import { squashedGaussian } from "../../src/distributions/squashed-gaussian.ts";
import { euclidean } from "../../src/maps/euclidean.ts";
import { kl, reverseKl } from "../../src/maps/kl.ts";
import type { MirrorMap } from "../../src/maps/mirror-map.ts";
import { qLogarithm, tsallis } from "../../src/maps/tsallis.ts";
import type { Objective } from "../../src/objectives/objective.ts";
import { quantitiesOf } from "../../src/objectives/quantities.ts";
import type { ReplayObjective } from "../../src/objectives/replay-objective.ts";
import { valueLoss } from "../../src/objectives/value-loss.ts";
import * as t from "../../src/tensor/index.ts";
import type { Tensor } from "../../src/tensor/index.ts";
import { op, type OpCase } from "./op-cases.ts";

const rows = 6;

interface Family {
  readonly name: string;
  /** Numbers a row that describe one distribution. */
  readonly width: number;
  /** Close to the old policy, so that ratios stay near 1 and no clipping border is met by chance. */
  readonly build: (numbers: Tensor) => Distribution;
  readonly action: (numbers: Tensor) => Tensor;
}

const oddRows = (columns: number): Tensor => {
  const [row, column] = [t.iota([rows, columns], 0), t.iota([rows, columns], 1)];
  return t.add(row, column);
};
const real = (numbers: Tensor): Tensor => t.mul(0.5, t.slice(numbers, 1, 0, 2));
const moments = (numbers: Tensor): Tensor => t.mul(0.3, numbers);
const families: readonly Family[] = [
  { name: "categorical", width: 3, build: (x) => categorical(t.logSoftmax(x)), action: () => remainder(oddRows(1), 3) },
  {
    name: "multi-categorical", width: 5, action: () => remainder(oddRows(2), 2),
    build: (x) => {
      const [first, second] = t.split(x, [3, 2]) as [Tensor, Tensor];
      return multiCategorical(t.concat([t.logSoftmax(first), t.logSoftmax(second)], 1), [3, 2]);
    },
  },
  { name: "gaussian", width: 4, build: (x) => gaussian(moments(x)), action: real },
  { name: "squashed gaussian", width: 4, build: (x) => squashedGaussian(moments(x)), action: real },
];

/** index mod n, for a few small indices. */
function remainder(index: Tensor, n: number): Tensor {
  let rest = index;
  for (let i = 0; i < rows; i++) rest = t.where(t.less(rest, n), rest, t.sub(rest, n));
  return rest;
}

function objectiveCase(objective: Objective, family: Family, map: MirrorMap): OpCase {
  const inputs = [[rows, family.width], [rows, family.width], [rows]];
  // The discovered drift leaves 0 so slowly that close to the old policy every point looks like one of its kinks.
  const reach = objective.id === "discovered-policy-optimization" ? 1.5 : 0.05;
  return op(`${objective.id} with ${map.name}, ${family.name}`, inputs, (x, shift, given) => {
    const advantage = t.stopGradient(t.mul(reach > 1 ? 3 : 1, given));
    const oldNumbers = t.stopGradient(t.add(x, t.mul(reach, shift)));
    const [policy, oldPolicy] = [family.build(x), family.build(oldNumbers)];
    const action = family.action(t.stopGradient(shift));
    return objective.surrogate(quantitiesOf({
      policy, oldPolicy, action, oldLogProb: oldPolicy.logProb(action), advantage, map,
      scheduled: (name) => t.scalar(name === "stepSize" ? 0.4 : 0.2),
      value: () => t.mul(0.5, advantage), return: () => advantage, median: () => t.scalar(0.05),
      anchor: () => family.build(t.stopGradient(t.add(x, t.mul(0.03, shift)))),
      isUpperHalf: () => t.less(0, advantage), parameter: () => 1.5, multiplier: () => t.scalar(0.7),
    }));
  });
}

/** Q is a smooth function of the action; the policy's own actions come from fixed noise, or are all of them. */
function replayCase(objective: ReplayObjective, family: Family, index: number): OpCase {
  const inputs = [[rows, family.width], [rows, family.width], [rows, 3]];
  return op(`${objective.id} with index ${index}, ${family.name}`, inputs, (x, shift, noise) => {
    const old = family.build(t.stopGradient(t.add(x, t.mul(0.3, shift))));
    const policy = family.build(x) as Distribution & { mean?: Tensor; logStd?: Tensor };
    const fixed = t.stopGradient(noise);
    const common = {
      inverseStepSize: t.scalar(0.7), temperature: t.scalar(0.2), tsallisIndex: index, dual: x,
      evenAverage: (value: Tensor) => t.mean(value), entropy: policy.entropy(), eliteShare: 0.4,
    };
    if (policy.logProbs) {
      const [logProbs, oldLogProbs] = [policy.logProbs, old.logProbs!];
      return objective.surrogate({
        ...common, q: fixed, logProb: qLogarithm(logProbs, index), oldLogProb: qLogarithm(oldLogProbs, index),
        average: (value) => t.mean(t.sum(t.mul(t.exp(logProbs), value), 1)),
        proposed: { mass: t.exp(oldLogProbs), q: fixed, logProb: logProbs },
      });
    }
    const action = t.add(policy.mean!, t.mul(t.exp(policy.logStd!), t.slice(fixed, 1, 0, 2)));
    const density = (of: Distribution): Tensor => t.sum(qLogarithm(of.dimensionLogProbs!(action), index), -1);
    const logProbOf = (scale: number): Tensor => t.expandDims(policy.logProb(t.mul(scale, t.stopGradient(action))), 1);
    return objective.surrogate({
      ...common, proposed: { mass: t.full([rows, 3], 1), q: fixed, logProb: t.concat([0.5, 1, 2].map(logProbOf), 1) },
      q: t.neg(t.sum(t.square(t.sub(t.tanh(action), 0.3)), -1)),
      logProb: density(policy), oldLogProb: density(old), average: (value) => t.mean(value),
    });
  });
}

const isDual = ({ id }: ReplayObjective): boolean => /dual|ampo/.test(id);
const discrete = (map: MirrorMap): boolean => map.id === "euclidean";

/** With those of the policies that propose actions. */
const surrogates: readonly ReplayObjective[] = replayObjectives.flatMap((objective) => {
  const { id, proposal } = objective;
  return proposal ? [objective, { ...objective, id: `${id}, proposal`, surrogate: proposal }] : [objective];
});

export const objectiveCases: readonly OpCase[] = [
  ...rolloutObjectives.flatMap((objective) => families.map((family) => objectiveCase(objective, family, kl))),
  ...rolloutObjectives.filter(({ id }) => id === "mdpo").flatMap((objective) =>
    [reverseKl, euclidean, tsallis(1.5), tsallis(2)].flatMap((map) =>
      families.filter(({ name }) => name === "categorical" || !discrete(map))
        .map((family) => objectiveCase(objective, family, map)))),
  ...surrogates.flatMap((objective) => [1, 1.5, 2].flatMap((index) =>
    families.filter(({ name }) => name === "categorical" || (name !== "multi-categorical" && !isDual(objective)))
      .map((family) => replayCase(objective, family, index)))),
  ...families.flatMap((family) => [
    op(`entropy, ${family.name}`, [[rows, family.width]], (x) => t.mean(family.build(x).entropy())),
    op(`KL both ways, ${family.name}`, [[rows, family.width], [rows, family.width]], (x, y) => {
      const [p, q] = [family.build(x), family.build(y)];
      return t.add(t.mean(p.kl(q)), t.mean(q.kl(p)));
    }),
  ]),
  op("value loss", [[9], [9]], (value, target) => valueLoss(value, target)),
  op("clipped value loss", [[9], [9], [9]], (value, target, old) => valueLoss(value, target, old, 0.5)),
];
