import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { createWasmDevice, type WasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { compile } from "../../src/program/compile.ts";
import * as t from "../../src/tensor/index.ts";

let device: WasmDevice;
beforeAll(async () => { device = await createWasmDevice(); });

const [discount, lambda] = [0.99, 0.95];
const names = ["reward", "value", "nextValue", "terminated", "truncated"] as const;
type Batch = Readonly<Record<(typeof names)[number], Float32Array>>;

/** Advantages and returns as a program: delta and decay, the scan, and what is added to it. */
function advantageProgram(steps: number, copies: number, reverse: boolean, alsoDelta: boolean) {
  const column = (name: string) => t.input(name, [steps, copies]);
  const goesOn = t.sub(1, column("terminated"));
  const delta = t.sub(t.add(column("reward"), t.mul(t.mul(discount, goesOn), column("nextValue"))), column("value"));
  const decay = t.mul(t.mul(discount * lambda, goesOn), t.sub(1, column("truncated")));
  const advantage = t.linearScan(delta, decay, { reverse });
  return compile({
    outputs: { advantage, return: t.add(advantage, column("value")), ...alsoDelta ? { delta } : {} },
  });
}

/** The same, element by element in float32. */
function reference(batch: Batch, steps: number, copies: number, reverse: boolean) {
  const f = Math.fround;
  const results = ["advantage", "return", "delta"].map(() => new Float32Array(steps * copies));
  for (let n = 0; n < copies; n++) {
    let running = 0;
    for (let k = 0; k < steps; k++) {
      const i = (reverse ? steps - 1 - k : k) * copies + n;
      const goesOn = f(1 - batch.terminated[i]!);
      const bootstrap = f(f(f(discount) * goesOn) * batch.nextValue[i]!);
      const delta = f(f(batch.reward[i]! + bootstrap) - batch.value[i]!);
      const decay = f(f(f(discount * lambda) * goesOn) * f(1 - batch.truncated[i]!));
      running = f(delta + f(decay * running));
      [running, f(running + batch.value[i]!), delta].forEach((value, k) => { results[k]![i] = value; });
    }
  }
  return results;
}

async function run(program: ReturnType<typeof compile>, batch: Batch, outputs: readonly string[]) {
  const loaded = await device.load(program);
  for (const name of names) device.write(loaded.buffer(name), batch[name]);
  loaded.run();
  return Promise.all(outputs.map((name) => device.read(loaded.buffer(name))));
}

const anyBatch = fc.tuple(
  fc.integer({ min: 2, max: 12 }), fc.integer({ min: 2, max: 70 }),
  fc.infiniteStream(fc.float({ min: -8, max: 8, noNaN: true })), fc.infiniteStream(fc.nat(9)))
  .map(([steps, copies, numbers, dice]) => {
    const floats = () => Float32Array.from({ length: steps * copies }, () => numbers.next().value);
    const flags = () => Float32Array.from({ length: steps * copies }, () => (dice.next().value === 0 ? 1 : 0));
    const batch: Batch = {
      reward: floats(), value: floats(), nextValue: floats(), terminated: flags(), truncated: flags(),
    };
    return { steps, copies, batch };
  });

describe("a scan between two maps", () => {
  test("has the bits of a loop over float32, in both directions, the terms asked for or not", async () => {
    await fc.assert(fc.asyncProperty(anyBatch, fc.boolean(), fc.boolean(), async (given, reverse, alsoDelta) => {
      const { steps, copies, batch } = given;
      const outputs = ["advantage", "return", ...alsoDelta ? ["delta"] : []];
      const results = await run(advantageProgram(steps, copies, reverse, alsoDelta), batch, outputs);
      const expected = reference(batch, steps, copies, reverse);
      results.forEach((result, i) => expect(result, outputs[i]!).toEqual(expected[i]));
    }), { numRuns: 60 });
  });

  test("is one step of the machine where columns come in fours", async () => {
    for (const [copies, steps] of [[64, 1], [24, 1], [4, 1], [6, 3]] as const) {
      const loaded = await device.load(advantageProgram(3, copies, true, false));
      expect(loaded.stepCount, `${copies} copies`).toBe(steps);
    }
  });

  test("stays apart where a result is written over what a later element reads", async () => {
    const n = 4;
    const state = t.input("state", [n, n]);
    const scanned = t.linearScan(t.add(state, t.transpose(state)), t.mul(state, 2));
    const loaded = await device.load(compile({ updates: [[state, t.add(scanned, 1)]] }));
    const before = Float32Array.from({ length: n * n }, (_, i) => i / 8);
    device.write(loaded.buffer("state"), before);
    loaded.run();
    const expected = before.map((value, i) => value + before[(i % n) * n + Math.floor(i / n)]!);
    for (let i = n; i < expected.length; i++) {
      expected[i] = expected[i]! + Math.fround(2 * before[i]! * expected[i - n]!);
    }
    expect(await device.read(loaded.buffer("state"))).toEqual(expected.map((value) => value + 1));
  });

  test("stays apart where the map behind it reads what it scans, or the result, in another order", async () => {
    const n = 4;
    const [x, a] = [t.mul(t.input("x", [n, n]), 2), t.mul(t.input("a", [n, n]), 2)];
    const y = t.linearScan(x, a);
    for (const other of [x, a, y]) {
      const program = compile({ outputs: { sum: t.add(t.add(y, 1), t.transpose(other)) } });
      const [up, down] = [1, -1].map((sign) => Array.from({ length: n * n }, (_, i) => sign * i));
      const inputs = { x: up!, a: down! };
      const loaded = await device.load(program);
      for (const [name, values] of Object.entries(inputs)) device.write(loaded.buffer(name), Float32Array.from(values));
      loaded.run();
      const [scale, scan] = [(values: number[]) => values.map((value) => 2 * value), new Array<number>(n * n)];
      const [xs, as] = [scale(inputs.x), scale(inputs.a)];
      for (let i = 0; i < n * n; i++) scan[i] = xs[i]! + as[i]! * (scan[i - n] ?? 0);
      const turned = other === x ? xs : other === a ? as : scan;
      const expected = scan.map((value, i) => value + 1 + turned[(i % n) * n + Math.floor(i / n)]!);
      expect([...await device.read(loaded.buffer("sum"))]).toEqual(expected);
    }
  });
});
