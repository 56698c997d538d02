import type { Geometry } from "../maps/geometry/geometry.ts";
import {
  logitStep, proximalStep, reverseKlStep, softMirrorStep, type WeightedPolicy,
} from "../maps/geometry/mirror-step.ts";
import type { TabularAnchor } from "./anchors.ts";
import { averageReward, relativeQ } from "./average-reward.ts";
import { improveValues, qValues, type Regularization } from "./evaluate-policy.ts";
import { makePolicy, uniformPolicy, type Mdp, type TabularPolicy } from "./mdp.ts";
import { actionValues, type IterationContext, type Signal } from "./signals.ts";
import type { StepSizeRule } from "./step-sizes.ts";

/** One state's step: the signal, the old distribution and what holds the step back. */
export interface StateProblem {
  readonly geometry: Geometry;
  readonly signal: Float64Array;
  readonly policy: Float64Array;
  readonly stepSize: number;
  readonly temperature: number;
  readonly anchors: readonly WeightedPolicy[];
}

/** lambda_k, moved by the policies that it leads to. Made anew for each run. */
export interface TemperatureRule {
  readonly id: string;
  readonly now: number;
  /** Called with the new policy after each iteration. */
  renew(policy: TabularPolicy): void;
}

/** How a step is realized; the exact engine's are closed up to a root. */
export interface StateSolver {
  readonly id: string;
  /** The new distribution of the state. */
  step(problem: StateProblem): Float64Array;
}

/** The six choices of an exact method; the sampler is always all states. */
export interface ExactChoices {
  readonly geometry: Geometry;
  readonly signal?: Signal;
  /** t_k: the old policy weighs 1/t_k. */
  readonly stepSize: number | StepSizeRule;
  /** Weight of h in the values and in the step: constant, by iteration, or learned. */
  readonly temperature?: number | ((iteration: number) => number) | TemperatureRule;
  readonly anchors?: readonly TabularAnchor[];
  readonly solver?: StateSolver;
  /** What is maximized: the discounted return, or the average reward, whose values are relative ones. */
  readonly criterion?: "discounted" | "average";
}

/**
 * p' = argmax <g, p> - 1/t B_h(p, p_k) - sum_i b_i B_h(p, a_i) - lambda h(p), exactly (GPMD, MMD, MDPO at lambda 0).
 */
export const implicitSolver: StateSolver = {
  id: "closed form",
  step: ({ geometry, signal, policy, stepSize, temperature, anchors }) =>
    proximalStep(geometry, signal, [{ policy, weight: 1 / stepSize }, ...anchors], temperature),
};

/** The regularizer linearized at p_k: soft MDPO's step, p_k^{1 - lambda t} e^{t g} for negative entropy. */
export const explicitSolver: StateSolver = {
  id: "closed form, regularizer linearized",
  step: ({ geometry, signal, policy, stepSize, temperature }) =>
    softMirrorStep(geometry, policy, signal, stepSize, temperature),
};

/** The logit representation's exact step, sMDPO: p' ~ p_k max(0, 1 + t A). */
export const logitSolver: StateSolver = {
  id: "closed form in logits",
  step: ({ policy, signal, stepSize }) => logitStep(policy, signal, stepSize),
};

/** The penalty KL(p_k || p) of TRPO's Lagrangian: p' = p_k / (t (nu - g)). */
export const reverseKlSolver: StateSolver = {
  id: "closed form, old policy first",
  step: ({ policy, signal, stepSize }) => reverseKlStep(policy, signal, stepSize),
};

/** No old policy: argmax <g, p> - 1/t h(p) (with cumulated signals, Politex). */
export const projectionSolver: StateSolver = {
  id: "projection",
  step: ({ geometry, signal, stepSize }) => geometry.project(signal.map((g) => stepSize * g)),
};

/**
 * Exact policy mirror descent: in each iteration the policy is evaluated to a residual of 1e-12, from the values before
 * on, and every state takes its step. `policy`, `values` and `q` are those of the last finished iteration.
 */
export class PolicyMirrorDescent {
  readonly mdp: Mdp;
  readonly #choices: ExactChoices;
  readonly #signal: Signal;
  #iteration = 0;
  #policy: TabularPolicy;
  #values: Float64Array;
  #isEvaluated = false;
  #q: Float64Array;

  /** Throws `invalid-shape` and `invalid-option` where `first` is no policy of the process. */
  constructor(mdp: Mdp, choices: ExactChoices, first: TabularPolicy = uniformPolicy(mdp)) {
    makePolicy(mdp, first);
    this.mdp = mdp;
    this.#choices = choices;
    this.#signal = choices.signal ?? actionValues();
    this.#policy = first.slice();
    this.#values = new Float64Array(mdp.states);
    this.#q = new Float64Array(mdp.states * mdp.actions);
  }

  /** Iterations done. */
  get iteration(): number { return this.#iteration; }
  get policy(): TabularPolicy { return this.#policy; }
  /** V [S] and Q [S, A] of the policy, with the regularizer's part. */
  get values(): Float64Array { return this.#evaluated().#values; }
  get q(): Float64Array { return this.#evaluated().#q; }

  /** One iteration. */
  step(): void {
    const context: IterationContext = {
      mdp: this.mdp, iteration: this.#iteration, policy: this.#policy, values: this.values, q: this.q,
      evaluate: (policy) => this.#evaluate(policy, this.#values.slice()),
      propose: (signal) => this.#move(signal, context),
    };
    const next = this.#move(this.#signal.of(context), context);
    this.#policy = next;
    this.#isEvaluated = false;
    const { anchors = [], temperature } = this.#choices;
    for (const anchor of anchors) anchor.renew(next, this.#iteration);
    if (typeof temperature === "object") temperature.renew(next);
    this.#iteration++;
  }

  #evaluated(): this {
    if (!this.#isEvaluated) this.#q = this.#evaluate(this.#policy, this.#values);
    this.#isEvaluated = true;
    return this;
  }

  #evaluate(policy: TabularPolicy, values: Float64Array): Float64Array {
    const regularization = this.#regularization();
    if (this.#choices.criterion === "average") {
      const { bias, gain } = averageReward(this.mdp, policy, regularization);
      values.set(bias);
      return relativeQ(this.mdp, bias, gain);
    }
    improveValues(this.mdp, policy, values, { regularization });
    return qValues(this.mdp, values);
  }

  #regularization(): Regularization {
    const { geometry, temperature = 0 } = this.#choices;
    if (typeof temperature === "function") return { geometry, temperature: temperature(this.#iteration) };
    return { geometry, temperature: typeof temperature === "number" ? temperature : temperature.now };
  }

  /** The step of every state. */
  #move(signal: Float64Array, context: IterationContext): TabularPolicy {
    const { geometry, stepSize, solver = implicitSolver, anchors = [] } = this.#choices;
    const { states, actions } = this.mdp;
    const { temperature } = this.#regularization();
    const weighted = anchors.flatMap((anchor) => anchor.policies().map(([policy, share]) =>
      ({ policy, weight: share * anchor.weight(this.#iteration) })));
    const policyAt = (size: number): TabularPolicy => {
      const next = new Float64Array(states * actions);
      for (let s = 0; s < states; s++) {
        const row = (table: Float64Array) => table.subarray(s * actions, (s + 1) * actions);
        next.set(solver.step({
          geometry, stepSize: size, temperature, signal: row(signal), policy: row(this.#policy),
          anchors: weighted.map(({ policy, weight }) => ({ policy: row(policy), weight })),
        }), s * actions);
      }
      return next;
    };
    return policyAt(typeof stepSize === "number" ? stepSize : stepSize.at(context, policyAt));
  }
}
