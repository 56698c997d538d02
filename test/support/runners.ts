import type { AgentsEnvironment } from "../../src/envs/environment.ts";

/**
 * Runners on a line from 0 to 6: each is out when it reaches its end, on the right a goal, on the left a pit, and the
 * episode is cut for all after 30 steps. Agent i starts one place further left than the one before. Whoever is out must
 * not be asked to act, nor whoever is in be forgotten.
 */
export function runners(count: number, { names, saves = true }: { names?: string[]; saves?: boolean } = {}):
  AgentsEnvironment<number[], number> {
  const places = new Int32Array(count);
  const out = new Uint8Array(count);
  let [steps, random] = [0, 1];
  const observation = (i: number) => [places[i]! / 6, i / count];
  return {
    name: "Runners",
    agents: names ?? count,
    observationSpace: { kind: "box", shape: [2], low: 0, high: 1 },
    actionSpace: { kind: "discrete", n: 3 },
    reset({ seed } = {}) {
      if (seed !== undefined) random = (seed % 2147483646) + 1;
      random = (random * 48271) % 2147483647;
      for (let i = 0; i < count; i++) places[i] = Math.max(1, 4 - i - (random % 2));
      out.fill(0);
      steps = 0;
      return { observations: Array.from(places, (_, i) => observation(i)) };
    },
    step(actions) {
      steps++;
      const terminated = new Array<boolean>(count).fill(false);
      const rewards = Array.from(places, (_, i) => {
        if ((actions[i] === undefined) !== (out[i] === 1)) throw new Error(`agent ${i} is ${out[i] ? "out" : "in"}`);
        if (out[i]) return NaN;   // read by nobody
        places[i]! += actions[i]! - 1;
        terminated[i] = places[i] === 0 || places[i] === 6;
        return places[i] === 6 ? 1 : places[i] === 0 ? -1 : -0.01;
      });
      const observations = Array.from(places, (_, i) => (out[i] ? [] : observation(i)));
      terminated.forEach((ended, i) => { if (ended) out[i] = 1; });
      return { observations, rewards, terminated, truncated: Array.from(places, () => steps >= 30) };
    },
    ...(saves && {
      save: () => new Uint8Array(Int32Array.of(steps, random, ...places, ...out).buffer),
      restore(bytes: Uint8Array) {
        const numbers = new Int32Array(bytes.slice().buffer);
        [steps, random] = [numbers[0]!, numbers[1]!];
        places.set(numbers.subarray(2, 2 + count));
        out.set(numbers.subarray(2 + count));
      },
    }),
  };
}
