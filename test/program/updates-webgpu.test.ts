import { expect, it } from "vitest";
import type { Device, LoadedProgram } from "../../src/devices/device.ts";
import { createWasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { compile, type ProgramSource } from "../../src/program/compile.ts";
import { deviation, differentiable, nameOf } from "../support/differentiable.ts";
import { evaluate, type InputValues, type Values } from "../support/interpreter.ts";
import { opCases } from "../support/op-cases.ts";
import { hazards, start, x } from "../support/state-hazards.ts";
import { sourceOf, trainingGraph, type TrainingGraph } from "../support/training-graph.ts";
import { compilesSlowly, describeOnGpu, sharedDevice } from "../support/webgpu.ts";

const networks = ["a network of two layers with tanh", "a flat parameter vector cut into layers", "causal attention",
  "layer norm with scale and shift", "overlapping slices", "segmented linear scan", "cross-entropy of a network"];
const cases = compilesSlowly ? networks.slice(0, 2) : networks;

async function load(device: Device, source: ProgramSource, values: InputValues): Promise<LoadedProgram> {
  const loaded = await device.load(compile(source));
  for (const name of loaded.program.inputs.keys()) {
    const buffer = loaded.buffer(name);
    const Words = buffer.dtype === "f32" ? Float32Array : Int32Array;
    device.write(buffer, Words.from(values[name]!));
  }
  return loaded;
}

type Contents = Record<string, number[]>;

async function readAll(device: Device, loaded: LoadedProgram, names: Iterable<string>): Promise<Contents> {
  const read = async (name: string): Promise<[string, number[]]> => [name, [...await device.read(loaded.buffer(name))]];
  return Object.fromEntries(await Promise.all([...names].map(read)));
}

const graphOf = (name: string): TrainingGraph =>
  trainingGraph(differentiable(opCases.find((each) => each.name === name)!));

describeOnGpu("a program that updates its inputs on webgpu", () => {
  it.each(cases)("stays with wasm to 1e-5 over five runs, one submit each: %s", async (name) => {
    const [gpu, wasm] = [await sharedDevice(), await createWasmDevice()];
    const graph = graphOf(name);
    const onGpu = await load(gpu, sourceOf(graph), graph.values);
    const onWasm = await load(wasm, sourceOf(graph), graph.values);
    const before = gpu.counters.submits;
    for (let run = 0; run < 5; run++) {
      onGpu.run();
      onWasm.run();
    }
    expect(gpu.counters.submits - before).toBe(5);
    const names = [...onGpu.program.inputs.keys(), "loss"];
    const [actual, expected] = [await readAll(gpu, onGpu, names), await readAll(wasm, onWasm, names)];
    for (const each of names) expect(deviation(actual[each]!, expected[each]!).norm, each).toBeLessThan(1e-5);
    onGpu.dispose();
    wasm.dispose();
  });

  it("gives the bits of run() when it is cut at every dispatch", async () => {
    const device = await sharedDevice();
    const graph = graphOf(cases[0]!);
    const whole = await load(device, sourceOf(graph), graph.values);
    const stepwise = await load(device, sourceOf(graph), graph.values);
    whole.run(2);
    for (let step = 0; step < 2 * stepwise.stepCount; step++) {
      stepwise.runSteps(step % stepwise.stepCount, step % stepwise.stepCount + 1);
    }
    const names = [...whole.program.inputs.keys(), "loss"];
    expect(await readAll(device, stepwise, names)).toEqual(await readAll(device, whole, names));
    whole.dispose();
    stepwise.dispose();
  });

  const few = Object.entries(hazards).slice(0, compilesSlowly ? 3 : Infinity);
  it.each(few)("writes over what it reads, exactly: %s", async (_, updates) => {
    const device = await sharedDevice();
    const outputs = { before: x, next: updates[0]![1] };
    const program = await load(device, { outputs, updates }, start);
    let state: Record<string, ArrayLike<number>> = start;
    let expected: Values[] = [];
    for (let run = 0; run < 2; run++) {
      expected = evaluate(Object.values(outputs), state);
      const after = evaluate(updates.map(([, value]) => value), state);
      state = { ...state, ...Object.fromEntries(updates.map(([target], i) => [nameOf(target), after[i]!])) };
    }
    program.run(2);
    const actual = await readAll(device, program, [...program.program.inputs.keys(), ...Object.keys(outputs)]);
    for (const name of program.program.inputs.keys()) expect(actual[name], name).toEqual(Array.from(state[name]!));
    Object.keys(outputs).forEach((name, i) => expect(actual[name], name).toEqual([...expected[i]!]));
    program.dispose();
  });
});
