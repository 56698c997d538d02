import { qValues, returnOf, valuesOf } from "./evaluate-policy.ts";
import { exploitability, type Game, type Profile } from "./games/game.ts";
import type { TeamGame } from "./games/team-game.ts";
import type { Mdp } from "./mdp.ts";
import { policyIteration } from "./value-iteration.ts";

/**
 * A process, a team and a zero-sum game as one kind of thing: places where somebody decides (states, players,
 * information sets), a distribution at each, what each action is worth there, and what is missing on the whole.
 */
export interface DecisionProblem {
  /** The number of actions at each place. */
  readonly actions: readonly number[];
  /** The value of each action at each place. */
  signals(policies: readonly Float64Array[]): readonly Float64Array[];
  /** What is missing to the best, 0 there alone. */
  loss(policies: readonly Float64Array[]): number;
}

/** Places are states, the loss is J* - J. */
export function processProblem(mdp: Mdp): DecisionProblem {
  const { states, actions } = mdp;
  const best = returnOf(mdp, policyIteration(mdp).values);
  const table = new Float64Array(states * actions);
  const values = (policies: readonly Float64Array[]): Float64Array => {
    for (const [s, policy] of policies.entries()) table.set(policy, s * actions);
    return valuesOf(mdp, table);
  };
  return {
    actions: new Array<number>(states).fill(actions),
    signals: (policies) => {
      const q = qValues(mdp, values(policies));
      return policies.map((_, s) => q.slice(s * actions, (s + 1) * actions));
    },
    loss: (policies) => best - returnOf(mdp, values(policies)),
  };
}

/** Places are players, who move at once; the loss is what the payoff misses to the highest. */
export function teamProblem(game: TeamGame): DecisionProblem {
  const best = highestPayoff(game);
  return {
    actions: game.actions,
    signals: (policies) => policies.map((_, player) => game.actionValues(player, policies)),
    loss: (policies) => best - game.payoff(policies),
  };
}

/** Places are the information sets of both players; the loss is the exploitability. */
export function gameProblem(game: Game): DecisionProblem {
  const split = (policies: readonly Float64Array[]): Profile =>
    [policies.slice(0, game.actions[0].length), policies.slice(game.actions[0].length)];
  return {
    actions: game.actions.flat(),
    signals: (policies) => game.actionValues(split(policies)).flat(),
    loss: (policies) => exploitability(game, split(policies)),
  };
}

/** Of all ways to choose one action each. */
function highestPayoff(game: TeamGame): number {
  const search = (chosen: readonly Float64Array[]): number => {
    const player = chosen.length;
    if (player === game.actions.length) return game.payoff(chosen);
    let highest = -Infinity;
    for (let a = 0; a < game.actions[player]!; a++) {
      const one = new Float64Array(game.actions[player]!);
      one[a] = 1;
      highest = Math.max(highest, search([...chosen, one]));
    }
    return highest;
  };
  return search([]);
}
