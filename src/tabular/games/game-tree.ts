import { BregmanError } from "../../error.ts";
import { highestOf } from "../../maps/geometry/vectors.ts";
import type { Game, InformationSetCosts, InformationSetTable, Profile } from "./game.ts";

/** A game in extensive form, as plain data. */
export type GameNode =
  | { readonly kind: "end"; readonly payoff: number }
  | { readonly kind: "chance"; readonly outcomes: readonly (readonly [probability: number, next: GameNode])[] }
  /** Nodes of one `informationSet` look the same to their player, who has the same actions there. */
  | {
    readonly kind: "decision"; readonly player: 0 | 1; readonly informationSet: string;
    readonly next: readonly GameNode[];
  };

type Decision = Extract<GameNode, { kind: "decision" }>;

/**
 * The game of a tree, with perfect recall. `informationSets` lists their names for each player in the order of the
 * policies' rows. Throws `invalid-shape` where nodes of one information set differ in player or number of actions.
 */
export function gameOfTree(name: string, root: GameNode): Game & {
  readonly informationSets: readonly [readonly string[], readonly string[]];
} {
  const sets: [Map<string, number>, Map<string, number>] = [new Map(), new Map()];
  const actions: [number[], number[]] = [[], []];
  /** Each player's nodes of each information set. */
  const members: [Decision[][], Decision[][]] = [[], []];
  (function visit(node: GameNode): void {
    if (node.kind === "chance") node.outcomes.forEach(([, next]) => visit(next));
    if (node.kind !== "decision") return;
    const { player, informationSet } = node;
    if (!sets[player].has(informationSet)) {
      sets[player].set(informationSet, actions[player].length);
      actions[player].push(node.next.length);
      members[player].push([]);
    }
    const index = sets[player].get(informationSet)!;
    if (actions[player][index] !== node.next.length || sets[1 - player]!.has(informationSet)) {
      throw new BregmanError("invalid-shape",
        `information set "${informationSet}": its nodes differ in their player or in their number of actions`);
    }
    members[player][index]!.push(node);
    node.next.forEach(visit);
  })(root);
  const setOf = ({ player, informationSet }: Decision): number => sets[player].get(informationSet)!;

  /** What player 0 wins from a node on; `chosen` may replace a decision's distribution, decisions cost `costs`. */
  function value(
    node: GameNode, profile: Profile,
    { chosen, costs }: { chosen?: (node: Decision) => ArrayLike<number> | undefined; costs?: InformationSetCosts } = {},
  ): number {
    const expected = (next: GameNode): number => value(next, profile, { chosen, costs });
    if (node.kind === "end") return node.payoff;
    if (node.kind === "chance") return node.outcomes.reduce((sum, [p, next]) => sum + p * expected(next), 0);
    const policy = chosen?.(node) ?? profile[node.player][setOf(node)]!;
    const paid = costs ? (node.player === 0 ? -1 : 1) * costs[node.player][setOf(node)]! : 0;
    return node.next.reduce((sum, next, a) => policy[a]! === 0 ? sum : sum + policy[a]! * expected(next), paid);
  }

  /** The weight of each decision of `player`: the chance that luck and the other player lead there. */
  function reaches(player: 0 | 1, profile: Profile): Map<Decision, number> {
    const found = new Map<Decision, number>();
    (function visit(node: GameNode, weight: number): void {
      if (node.kind === "chance") node.outcomes.forEach(([p, next]) => visit(next, weight * p));
      if (node.kind !== "decision") return;
      if (node.player === player) found.set(node, weight);
      const policy = node.player === player ? undefined : profile[node.player][setOf(node)]!;
      node.next.forEach((next, a) => visit(next, policy ? weight * policy[a]! : weight));
    })(root, 1);
    return found;
  }

  function valuesOf(player: 0 | 1, profile: Profile, costs?: InformationSetCosts): InformationSetTable {
    const weights = reaches(player, profile);
    const sign = player === 0 ? 1 : -1;
    return members[player].map((nodes, index) => {
      const total = nodes.reduce((sum, node) => sum + weights.get(node)!, 0);
      return Float64Array.from({ length: actions[player][index]! }, (_, a) => total === 0 ? 0 : sign / total *
        nodes.reduce((sum, node) => sum + weights.get(node)! * value(node.next[a]!, profile, { costs }), 0));
    });
  }

  /** From the last information sets to the first: the action that is best where those after it are settled. */
  function bestReply(player: 0 | 1, profile: Profile): number {
    const weights = reaches(player, profile);
    const settled = new Map<number, Float64Array>();
    const chosen = (node: Decision) => node.player === player ? settle(setOf(node)) : undefined;
    const sign = player === 0 ? 1 : -1;
    function settle(index: number): Float64Array {
      const known = settled.get(index);
      if (known) return known;
      const gains = Array.from({ length: actions[player][index]! }, (_, a) => sign * members[player][index]!.reduce(
        (sum, node) => sum + weights.get(node)! * value(node.next[a]!, profile, { chosen }), 0));
      const best = new Float64Array(gains.length);
      best[gains.indexOf(highestOf(gains))] = 1;
      settled.set(index, best);
      return best;
    }
    return sign * value(root, profile, { chosen });
  }

  return {
    name,
    actions,
    informationSets: [[...sets[0].keys()], [...sets[1].keys()]],
    payoff: (profile) => value(root, profile),
    actionValues: (profile, costs) => [valuesOf(0, profile, costs), valuesOf(1, profile, costs)],
    bestReplies: (profile) => [bestReply(0, profile), bestReply(1, profile)],
  };
}
