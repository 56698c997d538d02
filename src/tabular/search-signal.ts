import { log64 } from "../math/float64.ts";
import { randomSource, type RandomSource } from "../random/streams.ts";
import { expectCounts } from "./checks.ts";
import { draw } from "./draw.ts";
import { searchLogits, visitSchedule, type SearchResult } from "./gumbel-search.ts";
import type { IterationContext, Signal } from "./signals.ts";

export interface SearchChoices {
  /** Visits of each state's root, and how many actions they begin with. */
  readonly simulations: number;
  readonly considered?: number;
  readonly seed?: number;
}

/**
 * What planning with Gumbel noise learns of each state (Danihelka, Guez, Schrittwieser, Silver 2022), as a signal for a
 * step of size 1: sigma(q) = (50 + most visits) 0.1 q, q completed and rescaled to [0, 1]. Every simulation takes an
 * action at the root, draws its next state and looks up the value there: r + discount V(s'). The actions considered are
 * the best by log prior + Gumbel noise; of them, by sequential halving, the best by that + sigma(mean value) is taken.
 * Throws `invalid-option` unless both counts are positive integers.
 */
export function gumbelSearch({ simulations, considered = 16, seed = 0 }: SearchChoices): Signal {
  expectCounts({ simulations, considered });
  const random = randomSource(seed, "policy");
  return {
    id: `search of ${simulations} simulations`,
    of: (context) => {
      const { states, actions } = context.mdp;
      const signal = new Float64Array(states * actions);
      for (let s = 0; s < states; s++) {
        signal.set(searchLogits(search(context, s, Math.min(considered, actions), simulations, random)), s * actions);
      }
      return signal;
    },
  };
}

/** 2^-54: half a step of the uniform numbers, so that none is 0. */
const halfStep = 5.551115123125783e-17;

/** Visits and mean values of a search from state s. */
function search(
  { mdp, policy, values }: IterationContext, s: number, considered: number, simulations: number, random: RandomSource,
): SearchResult {
  const { actions } = mdp;
  const prior = policy.subarray(s * actions, (s + 1) * actions);
  const noisy = Float64Array.from(prior, (p) => log64(p) - log64(-log64(random.uniform() + halfStep)));
  const best = [...noisy.keys()].sort((a, b) => noisy[b]! - noisy[a]!).slice(0, considered);
  const result = {
    prior, visits: new Float64Array(actions), values: new Float64Array(actions), stateValue: values[s]!,
  };
  for (const count of visitSchedule(considered, simulations)) {
    const logits = searchLogits(result);
    const next = best.filter((a) => result.visits[a] === count)
      .reduce((a, b) => (noisy[b]! + logits[b]! > noisy[a]! + logits[a]! ? b : a));
    const value = simulate(mdp, values, s * actions + next, random);
    result.visits[next]!++;
    result.values[next]! += (value - result.values[next]!) / result.visits[next]!;
  }
  return result;
}

/** r + discount V(s') of a drawn next state. */
function simulate(
  { states, rewards, transitions, discount }: IterationContext["mdp"], values: Float64Array, pair: number,
  random: RandomSource,
): number {
  const next = draw(transitions.subarray(pair * states, (pair + 1) * states), random.uniform());
  return rewards[pair]! + discount * values[next]!;
}
