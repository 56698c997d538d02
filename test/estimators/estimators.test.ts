import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { WasmInstance } from "../../src/devices/wasm-instance.ts";
import { createInstance } from "../../src/devices/wasm-instance.ts";
import { discountedReturns, gae, lambdaReturns, nStepReturns } from "../../src/estimators/estimators.ts";
import type { Batch } from "./reference.ts";
import { gaeInFloat64, gaeReference, nStepReference } from "./reference.ts";

let instance: WasmInstance;
let scratch: number;
const room = 1 << 16;

beforeAll(async () => {
  instance = await createInstance();
  scratch = instance.allocate(8 * room);
});

/** Puts a batch into memory; `read` copies a result out. */
function load({ steps, columns, rewards, values, nextValues, terminated, truncated }: Batch) {
  const length = steps * columns;
  const floats = [rewards, values, nextValues].map((array, i) => {
    instance.float32(scratch + room * i, length).set(array);
    return scratch + room * i;
  });
  const flags = [terminated, truncated].map((array, i) => {
    instance.uint8(scratch + room * (3 + i), length).set(array);
    return scratch + room * (3 + i);
  });
  const results = { advantages: scratch + room * 5, returns: scratch + room * 6, targets: scratch + room * 7 };
  return {
    addresses: {
      steps, columns, rewards: floats[0]!, values: floats[1]!, nextValues: floats[2]!,
      terminated: flags[0]!, truncated: flags[1]!, ...results,
    },
    read: (name: keyof typeof results) => instance.float32(results[name], length).slice(),
  };
}

function runGae(batch: Batch, discount: number, lambda: number) {
  const { addresses, read } = load(batch);
  gae(instance, addresses, discount, lambda);
  return { advantages: read("advantages"), returns: read("returns") };
}

function runTargets(batch: Batch, run: (addresses: ReturnType<typeof load>["addresses"]) => void): Float32Array {
  const { addresses, read } = load(batch);
  run(addresses);
  return read("targets");
}

/** The specification's four steps, with the ends that are given. */
function column({ terminated = [0, 0, 0, 0], truncated = [0, 0, 0, 0] }): Batch {
  return {
    steps: 4, columns: 1, rewards: Float32Array.of(1, 0, 2, 1), values: Float32Array.of(0.5, 0.4, 0.3, 0.2),
    nextValues: Float32Array.of(0.4, 0.3, 0.2, 0.6),
    terminated: Uint8Array.from(terminated), truncated: Uint8Array.from(truncated),
  };
}

const anyBatch: fc.Arbitrary<Batch> = fc
  .tuple(
    fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 40 }),
    fc.infiniteStream(fc.float({ min: -8, max: 8, noNaN: true })), fc.infiniteStream(fc.nat(9)))
  .map(([steps, columns, numbers, dice]) => {
    const length = steps * columns;
    const floats = () => Float32Array.from({ length }, () => numbers.next().value);
    const flags = () => Uint8Array.from({ length }, () => (dice.next().value === 0 ? 1 : 0));
    const [rewards, values, nextValues] = [floats(), floats(), floats()];
    return { steps, columns, rewards, values, nextValues, terminated: flags(), truncated: flags() };
  });
const factor = fc.float({ min: 0, max: 1, noNaN: true });

/** The batch with V(next) the value of the next row, as in a rollout, wherever the episode goes on. */
function withChainedValues(batch: Batch): Batch {
  const nextValues = batch.nextValues.slice();
  for (let i = 0; i + batch.columns < nextValues.length; i++) {
    if (!batch.truncated[i]) nextValues[i] = batch.values[i + batch.columns]!;
  }
  return { ...batch, nextValues };
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  Array.from(expected).forEach((value, i) => {
    expect(Math.abs(actual[i]! - value), `element ${i}`).toBeLessThanOrEqual(tolerance * (1 + Math.abs(value)));
  });
}

describe("generalized advantage estimation", () => {
  test("the specification's example: r 1 0 2 1, V .5 .4 .3 .2, next V .6, an episode starts at index 3", () => {
    const { advantages, returns } = runGae(column({ terminated: [0, 0, 1, 0] }), 0.99, 0.95);
    expectClose(advantages, [2.30284692, 1.49585, 1.7, 1.394], 1e-6);
    expectClose(returns, [2.80284692, 1.89585, 2, 1.594], 1e-6);
  });

  test("truncating instead of terminating adds exactly discount V(final) to that step", () => {
    const ended = runGae(column({ terminated: [0, 0, 1, 0] }), 0.99, 0.95).advantages;
    const cut = runGae(column({ truncated: [0, 0, 1, 0] }), 0.99, 0.95).advantages;
    expect(cut[2]! - ended[2]!).toBeCloseTo(0.99 * 0.2, 6);
    expect(cut[3]).toBe(ended[3]);
    expect(cut[1]! - ended[1]!).toBeCloseTo(0.99 * 0.95 * 0.99 * 0.2, 6);
  });

  test("every column equals the reference bit for bit, in lanes and in the tail", () => {
    fc.assert(fc.property(anyBatch, factor, factor, (batch, discount, lambda) => {
      const { advantages, returns } = runGae(batch, discount, lambda);
      const expected = gaeReference(batch, discount, lambda);
      expect(advantages).toEqual(expected.advantages);
      expect(returns).toEqual(expected.returns);
    }), { numRuns: 200 });
  });

  test("lambda 0 is the one-step error, lambda 1 the discounted return less the value", () => {
    fc.assert(fc.property(anyBatch, factor, (batch, discount) => {
      const oneStep = nStepReference(batch, discount, 1);
      expectClose(runGae(batch, discount, 0).returns, oneStep, 1e-5);
      const chained = withChainedValues(batch);
      expectClose(runGae(chained, discount, 1).returns, nStepReference(chained, discount, Infinity), 1e-4);
    }));
  });

  test("20: with equal discounts and lambdas A + tau A_H is GAE of reward r + tau e with value V + tau V_H", () => {
    const widened = (batch: Batch): Batch<Float64Array> => ({
      ...batch, rewards: Float64Array.from(batch.rewards), values: Float64Array.from(batch.values),
      nextValues: Float64Array.from(batch.nextValues),
    });
    const scales = (numbers: ArrayLike<number>): number => 1 + Math.max(...Array.from(numbers, Math.abs));
    fc.assert(fc.property(anyBatch, anyBatch, factor, factor, (task, other, discount, lambda) => {
      const tau = 0.25;
      const pick = (values: Float32Array, i: number): number => values[i % values.length]!;
      const second = {
        ...task, rewards: task.rewards.map((_, i) => tau * pick(other.rewards, i)),
        values: task.values.map((_, i) => tau * pick(other.values, i)),
        nextValues: task.nextValues.map((_, i) => tau * pick(other.nextValues, i)),
      };
      const [exact, exactSecond] = [task, second].map((batch) => gaeInFloat64(widened(batch), discount, lambda));
      const sum = widened(task);
      for (const name of ["rewards", "values", "nextValues"] as const) {
        for (let i = 0; i < sum[name].length; i++) sum[name][i]! += second[name][i]!;
      }
      const { advantages } = gaeInFloat64(sum, discount, lambda);
      const scale = scales(exact!.advantages) + scales(exactSecond!.advantages);
      const mixed = advantages.map((_, i) => exact!.advantages[i]! + exactSecond!.advantages[i]!);
      const rounded = {
        ...task, rewards: Float32Array.from(sum.rewards), values: Float32Array.from(sum.values),
        nextValues: Float32Array.from(sum.nextValues),
      };
      const [one, two, merged] = [task, second, rounded].map((batch) => runGae(batch, discount, lambda).advantages);
      advantages.forEach((advantage, i) => {
        expect(Math.abs(mixed[i]! - advantage)).toBeLessThan(1e-12 * scale);
        expect(Math.abs(one![i]! + two![i]! - merged![i]!)).toBeLessThan(1e-6 * scale);
      });
    }));
  });

  test("permuting columns permutes results", () => {
    fc.assert(fc.property(anyBatch, (batch) => {
      const { steps, columns } = batch;
      const reverse = <Array_ extends Float32Array | Uint8Array>(array: Array_): Array_ => {
        const out = array.slice() as Array_;
        for (let i = 0; i < steps * columns; i++) out[i] = array[i - 2 * (i % columns) + columns - 1]!;
        return out;
      };
      const turned: Batch = {
        steps, columns, rewards: reverse(batch.rewards), values: reverse(batch.values),
        nextValues: reverse(batch.nextValues),
        terminated: reverse(batch.terminated), truncated: reverse(batch.truncated),
      };
      expect(runGae(turned, 0.99, 0.95).advantages).toEqual(reverse(runGae(batch, 0.99, 0.95).advantages));
    }));
  });

  test("nothing is written behind the end", () => {
    fc.assert(fc.property(anyBatch, (batch) => {
      const length = batch.steps * batch.columns;
      const { addresses } = load(batch);
      const after = [addresses.advantages, addresses.returns]
        .map((address) => instance.float32(address + 4 * length, 16).fill(7));
      gae(instance, addresses, 0.9, 0.9);
      expect(after.every((array) => array.every((value) => value === 7))).toBe(true);
    }));
  });
});

describe("returns", () => {
  test("n-step returns are n rewards and a value, fewer at an end", () => {
    fc.assert(fc.property(anyBatch, factor, fc.integer({ min: 1, max: 15 }), (batch, discount, n) => {
      const targets = runTargets(batch, (addresses) => nStepReturns(instance, addresses, discount, n));
      expectClose(targets, nStepReference(batch, discount, n), 1e-4);
    }));
  });

  test("discounted returns reach to the end of the episode or the batch", () => {
    fc.assert(fc.property(anyBatch, factor, (batch, discount) => {
      const targets = runTargets(batch, (addresses) => discountedReturns(instance, addresses, discount));
      expectClose(targets, nStepReference(batch, discount, Infinity), 1e-4);
    }));
  });

  test("TD(lambda) is GAE's advantage plus the value", () => {
    fc.assert(fc.property(anyBatch, factor, factor, (batch, discount, lambda) => {
      const chained = withChainedValues(batch);
      const targets = runTargets(chained, (addresses) => lambdaReturns(instance, addresses, discount, lambda));
      expectClose(targets, runGae(chained, discount, lambda).returns, 1e-4);
    }));
  });

  test("TD(0) is the one-step target", () => {
    fc.assert(fc.property(anyBatch, factor, (batch, discount) => {
      const targets = runTargets(batch, (addresses) => lambdaReturns(instance, addresses, discount, 0));
      expectClose(targets, nStepReference(batch, discount, 1), 1e-5);
    }));
  });
});
