import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createWasmDevice, type WasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { streamState } from "../../src/random/streams.ts";
import { Replay, type DrawnBuffers } from "../../src/samplers/replay.ts";

const layout = { observationSize: 1, actionSize: 1, actionType: "f32", maskSize: 0 } as const;

function drawnBuffers(device: WasmDevice, size: number): DrawnBuffers {
  return {
    rows: device.allocate(size, "i32"), nextRows: device.allocate(size, "i32"),
    returns: device.allocate(size, "f32"), continuations: device.allocate(size, "f32"),
  };
}

/** What one step of every copy does: each observation is a number of its own. */
interface Step {
  readonly rewards: readonly number[];
  readonly terminated: readonly number[];
  readonly truncated: readonly number[];
}

interface Transition {
  readonly from: number;
  readonly to: number;
  readonly reward: number;
  readonly ended: boolean;
  readonly terminated: boolean;
}

/** Rings, and beside them every transition that should be in them, newest last, for each copy. */
async function played(copies: number, size: number, steps: readonly Step[]) {
  const device = await createWasmDevice();
  const replay = new Replay(device, copies, size, layout);
  let label = 0;
  const fresh = (): number[] => Array.from({ length: copies }, () => ++label);
  let current = fresh();
  replay.begin(current);
  const all = current.map((): Transition[] => []);
  for (const step of steps) {
    const final = fresh();
    const ends = final.map((_, n) => step.terminated[n] === 1 || step.truncated[n] === 1);
    const next = fresh().map((value, n) => (ends[n] ? value : final[n]!));
    replay.record(current, step, { observations: next }, { observations: final });
    current.forEach((from, n) => all[n]!.push({
      from, to: final[n]!, reward: step.rewards[n]!, ended: ends[n]!, terminated: step.terminated[n] === 1,
    }));
    current = next;
  }
  return { device, replay, all };
}

const flag = (likely: number) => fc.integer({ min: 0, max: 9 }).map((x) => (x < likely ? 1 : 0));
const stepOf = (copies: number) => fc.record({
  rewards: fc.array(fc.integer({ min: -4, max: 4 }), { minLength: copies, maxLength: copies }),
  terminated: fc.array(flag(2), { minLength: copies, maxLength: copies }),
  truncated: fc.array(flag(2), { minLength: copies, maxLength: copies }),
});

describe("a replay ring", () => {
  test("gives transitions that happened, the latest ones, with n-step returns that stop at ends", async () => {
    await fc.assert(fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }).chain((copies) => fc.tuple(
        fc.constant(copies), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4 }),
        fc.array(stepOf(copies), { minLength: 1, maxLength: 40 }),
      )),
      async ([copies, size, n, steps]) => {
        const { device, replay, all } = await played(copies, size, steps);
        const drawn = drawnBuffers(device, 64);
        replay.draw(streamState(1, "shuffle"), n, 0.5, drawn);
        const observations = replay.observations.view();
        const perCopy = replay.capacity - 1;
        for (let i = 0; i < 64; i++) {
          const [row, nextRow] = [drawn.rows.view()[i]!, drawn.nextRows.view()[i]!];
          const copy = Math.floor(row / replay.capacity);
          const history = all[copy]!;
          const at = history.findIndex(({ from }) => from === observations[row]);
          expect(at).toBeGreaterThanOrEqual(history.length - perCopy);
          let [sum, factor, last] = [0, 1, at];
          for (let k = 0; k < n; k++) {
            sum += factor * history[at + k]!.reward;
            factor *= 0.5;
            last = at + k;
            if (history[last]!.ended || last === history.length - 1) break;
          }
          expect(drawn.returns.view()[i]).toBe(sum);
          expect(drawn.continuations.view()[i]).toBe(history[last]!.terminated ? 0 : factor);
          if (!history[last]!.terminated) expect(observations[nextRow]).toBe(history[last]!.to);
        }
      },
    ), { numRuns: 60 });
  });

  test("holds at least as many transitions as it was made for, and counts them", async () => {
    const running = { rewards: [0, 0], terminated: [0, 0], truncated: [0, 0] };
    for (const taken of [1, 3, 5, 9, 30]) {
      const { replay } = await played(2, 8, Array.from({ length: taken }, () => running));
      expect(replay.transitions).toBe(2 * Math.min(taken, replay.capacity - 1));
      expect(replay.capacity - 1).toBeGreaterThanOrEqual(4);
    }
    // A cut episode's final observation takes a slot of its own.
    const cut = { ...running, truncated: [1, 0] };
    const { replay } = await played(2, 8, Array.from({ length: 30 }, () => cut));
    expect(replay.transitions).toBe(Math.floor((replay.capacity - 1) / 2) + replay.capacity - 1);
  });

  test("draws every transition equally often", async () => {
    const steps = Array.from({ length: 10 }, (_, t) =>
      ({ rewards: [t, t], terminated: [t === 4 ? 1 : 0, 0], truncated: [0, t % 3 === 2 ? 1 : 0] }));
    const { device, replay } = await played(2, 40, steps);
    const drawn = drawnBuffers(device, 20_000);
    replay.draw(streamState(3, "shuffle"), 1, 0.9, drawn);
    const counts = new Map<number, number>();
    for (const row of drawn.rows.view()) counts.set(row, (counts.get(row) ?? 0) + 1);
    expect(counts.size).toBe(20);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(130);
  });

  test("an episode that was cut bootstraps from its final observation, one that ended does not", async () => {
    const { device, replay } = await played(1, 8, [
      { rewards: [1], terminated: [0], truncated: [1] }, { rewards: [2], terminated: [1], truncated: [0] },
    ]);
    const drawn = drawnBuffers(device, 32);
    replay.draw(streamState(0, "shuffle"), 3, 0.9, drawn);
    const observations = replay.observations.view();
    // Observations are numbered as they came: 1 leads to 2 and is cut, 3 begins anew and leads to 4, the end.
    drawn.rows.view().forEach((row, i) => {
      const from = observations[row];
      expect([1, 3]).toContain(from);
      expect(drawn.returns.view()[i]).toBe(from === 1 ? 1 : 2);
      expect(drawn.continuations.view()[i]).toBeCloseTo(from === 1 ? 0.9 : 0, 6);
      if (from === 1) expect(observations[drawn.nextRows.view()[i]!]).toBe(2);
    });
  });

  test("a copy that waits adds nothing, and goes on from where its next episode begins", async () => {
    const device = await createWasmDevice();
    const replay = new Replay(device, 2, 40, layout);
    replay.begin([1, 11]);
    const at = (...observations: number[]) => ({ observations });
    const ends = (...terminated: number[]) => ({ rewards: terminated, terminated, truncated: [0, 0] });
    replay.record([0, 0], ends(1, 0), at(2, 12), at(2, 12));
    replay.record([0, 0], ends(0, 0), at(2, 13), at(2, 13), [1, 0]);
    replay.record([0, 0], ends(0, 1), at(3, 15), at(2, 14), [1, 0]);
    replay.record([0, 0], ends(0, 0), at(4, 16), at(4, 16), [0, 0]);
    expect(replay.transitions).toBe(6);
    const drawn = drawnBuffers(device, 64);
    replay.draw(streamState(1, "shuffle"), 1, 0.5, drawn);
    const pairs = [...drawn.rows.view()].map((row, i) => {
      const [from, to] = [replay.observations.view()[row], replay.observations.view()[drawn.nextRows.view()[i]!]];
      return drawn.continuations.view()[i] === 0 ? `${from} ends` : `${from} to ${to}`;
    });
    expect(new Set(pairs)).toEqual(new Set(["1 ends", "3 to 4", "11 to 12", "12 to 13", "13 ends", "15 to 16"]));
  });

  test("goes on from what was saved, also after it was full", async () => {
    const steps = Array.from({ length: 25 }, (_, t) =>
      ({ rewards: [t, -t], terminated: [t % 7 === 6 ? 1 : 0, 0], truncated: [0, t % 5 === 4 ? 1 : 0] }));
    for (const taken of [3, 25]) {
      const { device, replay } = await played(2, 12, steps.slice(0, taken));
      const saved = replay.save();
      const other = new Replay(device, 2, 12, layout);
      other.restore((name, size) => {
        expect(saved.get(name)!.length).toBe(size);
        return saved.get(name)!;
      });
      expect(other.transitions).toBe(replay.transitions);
      expect([...other.save()]).toEqual([...saved]);
      const [a, b] = [drawnBuffers(device, 50), drawnBuffers(device, 50)];
      replay.draw(streamState(2, "shuffle"), 2, 0.9, a);
      other.draw(streamState(2, "shuffle"), 2, 0.9, b);
      expect(b.rows.view()).toEqual(a.rows.view());
      expect(b.returns.view()).toEqual(a.returns.view());
    }
  });

  test("one that does not fit into memory is refused with the sizes, before anything is allocated", async () => {
    const device = await createWasmDevice();
    const before = device.instance.allocatedBytes;
    const make = (): Replay => new Replay(device, 1, 1e9, { ...layout, observationSize: 100 });
    expect(make).toThrowError(expect.objectContaining({
      code: "out-of-memory", message: expect.stringMatching(/bufferSize.*1000000000.*409001 MB.*at most about \d+/s),
    }));
    expect(device.instance.allocatedBytes).toBe(before);
  });
});
