import { list, makeEnv } from "bregman";

/** The choice "an environment of one's own", whose code stands in the page. */
export const own = "own";

/** Steps that show learning in a tab, and how many steps a second the picture plays. */
const facts = {
  "CartPole-v1": { steps: 100_000, rate: 50 },
  "Acrobot-v1": { steps: 200_000, rate: 15 },
  "MountainCar-v0": { steps: 300_000, rate: 30 },
  "MountainCarContinuous-v0": { steps: 150_000, rate: 30 },
  "Pendulum-v1": { steps: 300_000, rate: 20 },
  "FrozenLake-v1": { steps: 50_000, rate: 5 },
  "FrozenLake8x8-v1": { steps: 200_000, rate: 8 },
  "CliffWalking-v1": { steps: 100_000, rate: 8 },
  "Bandit-v0": { steps: 20_000, rate: 2 },
  "Hopper-v5": { steps: 300_000, rate: 125 },
  "Walker2d-v5": { steps: 300_000, rate: 125 },
  [own]: { steps: 40_000, rate: 10 },
};
const others = { steps: 300_000, rate: 30 };

const entryOf = (name) => list("envs").find((each) => each.name === name);
export const isMujoco = (name) => entryOf(name)?.description.startsWith("MuJoCo") === true;
/** The return that counts as solved; MuJoCo's are for runs far longer than a tab's. */
export function goalOf(name) {
  return isMujoco(name) ? undefined : entryOf(name)?.rewardThreshold ?? undefined;
}
export const stepsOf = (name) => (facts[name] ?? others).steps;
export const rateOf = (name) => (facts[name] ?? others).rate;

/** Everything that can be chosen, in groups. */
export function environmentGroups() {
  const groups = { "Classic control": [], "Grid worlds and bandits": [], "MuJoCo (2.5 MB, loaded when chosen)": [] };
  const [classic, tabular, mujoco] = Object.values(groups);
  for (const entry of list("envs")) {
    const isTable = entry.observationSpace.kind === "discrete";
    (isMujoco(entry.name) ? mujoco : isTable ? tabular : classic).push(entry);
  }
  return groups;
}

/** One copy to be acted in: a built-in one by its name, one's own from its maker. */
export async function openEnvironment(name, make) {
  if (name !== own) return makeEnv(name);
  return typeof make === "function" ? make() : make;
}

/** An action drawn evenly from the space: what acts before there is a policy. Undefined where a space has no such. */
export function randomAction(space, mask) {
  if (space.kind === "discrete") {
    const open = Array.from({ length: space.n }, (_, i) => i).filter((i) => !mask || mask[i]);
    return open[Math.floor(Math.random() * open.length)] + (space.start ?? 0);
  }
  if (space.kind === "multi-discrete") return Int32Array.from(space.nvec, (n) => Math.floor(Math.random() * n));
  if (space.kind === "multi-binary") return Int32Array.from({ length: space.n }, () => Math.round(Math.random()));
  if (space.kind === "dict") {
    return Object.fromEntries(Object.entries(space.spaces).map(([key, each]) => [key, randomAction(each)]));
  }
  if (space.kind === "tuple") return space.spaces.map((each) => randomAction(each));
  const bound = (given, i, fallback) => {
    const value = typeof given === "number" ? given : given[i];
    return Math.abs(value) < 1e6 ? value : fallback;
  };
  return Float32Array.from({ length: space.shape.reduce((size, each) => size * each, 1) }, (_, i) => {
    const [low, high] = [bound(space.low, i, -1), bound(space.high, i, 1)];
    return low + (high - low) * Math.random();
  });
}
