// Catch: a thrown ball is to be caught by a paddle that moves left, stays, or moves right. An environment is a plain
// object; the function that makes it lets copies run side by side. Learned within a second or two, in Deno by
// `deno run examples/own-environment.ts`, in Node 22.18 and later by `node examples/own-environment.ts`.
import { checkEnv, train, type Environment } from "bregman";

export function makeCatch(): Environment<number[], number> {
  let [ball, drop, paddle, random] = [0, 0, 4, 1];
  const observation = () => [ball / 9, drop / 9, paddle / 9];
  return {
    observationSpace: { kind: "box", shape: [3], low: 0, high: 1 }, actionSpace: { kind: "discrete", n: 3 },
    reset({ seed = random } = {}) {   // all chance comes from the seed
      random = (seed * 48271 + 1) % 2147483647;
      [ball, drop, paddle] = [random % 9, 0, 4];
      return { observation: observation(), info: {} };
    },
    step(action) {
      paddle = Math.min(8, Math.max(0, paddle + action - 1));
      const reward = ++drop < 9 ? 0 : paddle === ball ? 1 : -1;
      return { observation: observation(), reward, terminated: drop === 9, truncated: false, info: {} };
    },
  };
}
checkEnv(makeCatch);   // throws, and explains every fault
export const { policy, summary } = await train(makeCatch, { steps: 40_000 });

console.log(`mean return ${summary.meanReturn} of at most 1; an action: ${policy.act([0.4, 0.2, 0.5])}`);
