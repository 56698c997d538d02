import { beforeAll, describe, expect, it } from "vitest";
import type { WasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { createWasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { compile } from "../../src/program/compile.ts";
import * as t from "../../src/tensor/index.ts";
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
      state = { ...state, ...Object.fromEntries(updates.map(([target], i) => [(target.operation as { name: string }).name, after[i]!])) };
    }
    for (const name of program.program.inputs.keys()) expect([...program.buffer(name).view()], name).toEqual([...Float64Array.from(state[name]!)]);
    Object.keys(outputs).forEach((name, i) => expect([...program.buffer(name).view()], name).toEqual([...expected[i]!]));
  });
});
