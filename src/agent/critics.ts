import { mlp } from "../nn/mlp.ts";
import type { Network, ParameterSpec } from "../nn/module.ts";
import { bindParameters, parameterCount } from "../nn/parameters.ts";
import { concat, minimum, reshape, type Tensor } from "../tensor/index.ts";
import type { Agent } from "./agent.ts";
import type { Hyperparameters } from "./hyperparameters.ts";

/**
 * Critics of actions: one Q network or two, and where it is asked for a state-value network V, all in one flat vector.
 * Continuous actions are an input beside the observation, Q [B]; for a discrete one the network gives the value of each
 * choice, Q [B, n].
 */
export interface Critics {
  readonly specs: readonly ParameterSpec[];
  readonly parameterCount: number;
  /** What a target network is a slow copy of: the elements `start` to the end of the flat vector, V or all Q. */
  readonly target: { readonly specs: readonly ParameterSpec[]; readonly start: number; readonly count: number };
  /** Every Q network's values of the actions, as `PolicyHead.toUnit` gives them (ignored where discrete). */
  q(flat: Tensor, observations: Tensor, action: Tensor): readonly Tensor[];
  /** The lesser of these. */
  leastQ(flat: Tensor, observations: Tensor, action: Tensor): Tensor;
  /** V [B] from a flat vector of `target.specs` (or of all). Only with a V network. */
  value(flat: Tensor, observations: Tensor): Tensor;
}

export function createCritics(agent: Agent, { critics, valueNetwork, valueGain }: Hyperparameters): Critics {
  const { head, observationSize, spec: { networks } } = agent;
  const discrete = head.kind === "categorical";
  const networkOf = (inputs: number, outputs: number, name: string): Network =>
    mlp({ ...networks, inputs, outputs, outputGain: valueGain, name });
  const qNetworks = Array.from({ length: critics }, (_, i) => discrete
    ? networkOf(observationSize, head.outputs, `q${i + 1}`)
    : networkOf(observationSize + head.actionSize, 1, `q${i + 1}`));
  const qSpecs = qNetworks.flatMap(({ parameters }) => parameters);
  const valueOf = valueNetwork ? networkOf(observationSize, 1, "value") : undefined;
  const specs = [...qSpecs, ...valueOf?.parameters ?? []];
  const targetSpecs = valueOf?.parameters ?? qSpecs;
  const targetCount = parameterCount(targetSpecs);

  const q: Critics["q"] = (flat, observations, action) => {
    const parameters = bindParameters(flat, flat.size === targetCount ? targetSpecs : specs);
    const x = discrete ? observations : concat([observations, action], 1);
    return qNetworks.map((network) => {
      const { output } = network.apply(parameters, x);
      return discrete ? output : reshape(output, [x.shape[0]!]);
    });
  };
  return {
    specs,
    parameterCount: parameterCount(specs),
    target: { specs: targetSpecs, start: parameterCount(specs) - targetCount, count: targetCount },
    q,
    leastQ: (flat, observations, action) => q(flat, observations, action).reduce((a, b) => minimum(a, b)),
    value(flat, observations) {
      const parameters = bindParameters(flat, flat.size === targetCount ? targetSpecs : specs);
      return reshape(valueOf!.apply(parameters, observations).output, [observations.shape[0]!]);
    },
  };
}
