import { beforeAll, describe, expect, it } from "vitest";
import type { WasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { createWasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { compile } from "../../src/program/compile.ts";
import * as t from "../../src/tensor/index.ts";
import { nameOf } from "../support/differentiable.ts";
import { evaluate, type Values } from "../support/interpreter.ts";
import { hazards, start, x } from "../support/state-hazards.ts";

let device: WasmDevice;

beforeAll(async () => {
  device = await createWasmDevice();
});

describe("after a run a state holds its new value, computed from what all states held before", () => {
  it.each(Object.entries(hazards))("%s", async (_, updates) => {
    const outputs = { seen: t.add(x, 1), total: t.sum(x), next: updates[0]![1] };
    const program = await device.load(compile({ outputs, updates }));
    for (const name of program.program.inputs.keys()) program.buffer(name).view().set(start[name]!);
    let state: Record<string, ArrayLike<number>> = start;
    let expected: Values[] = [];
    for (let run = 0; run < 2; run++) {
      program.run();
      expected = evaluate(Object.values(outputs), state);
      const after = evaluate(updates.map(([, value]) => value), state);
      state = { ...state, ...Object.fromEntries(updates.map(([target], i) => [nameOf(target), after[i]!])) };
    }
    const held = (name: string): number[] => [...program.buffer(name).view()];
    for (const name of program.program.inputs.keys()) expect(held(name), name).toEqual(Array.from(state[name]!));
    Object.keys(outputs).forEach((name, i) => expect(held(name), name).toEqual([...expected[i]!]));
  });
});
