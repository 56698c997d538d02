import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { LoadedWasmProgram, WasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { createWasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { compile } from "../../src/program/compile.ts";
import * as t from "../../src/tensor/index.ts";
import { deviation, differentiable, tryDifferentiable } from "../support/differentiable.ts";
import { opCases } from "../support/op-cases.ts";
import { randomGraph } from "../support/random-graph.ts";
import { sourceOf, trainedValues, trainingGraph, type TrainingGraph } from "../support/training-graph.ts";

// A test reads memory directly: an update leaves its value in the input's buffer.

let device: WasmDevice;

beforeAll(async () => {
  device = await createWasmDevice();
});

async function loaded(graph: TrainingGraph, repeats = false): Promise<LoadedWasmProgram> {
  const program = await device.load(compile({ ...sourceOf(graph), repeats }));
  for (const name of program.program.inputs.keys()) program.buffer(name).view().set(graph.values[name]!);
  return program;
}

/** Every input and the loss, as bits. */
function bits(program: LoadedWasmProgram): Record<string, number[]> {
  const names = [...program.program.inputs.keys(), "loss"];
  return Object.fromEntries(names.map((name) => {
    const { buffer, byteOffset, length } = program.buffer(name).view();
    return [name, [...new Int32Array(buffer, byteOffset, length)]];
  }));
}

async function expectSameBitsInAnyCuts(graph: TrainingGraph): Promise<void> {
  const load = (): Promise<LoadedWasmProgram> => loaded(graph);
  const [whole, stepwise, halves, repeated] = [await load(), await load(), await load(), await load()];
  for (let run = 0; run < 3; run++) {
    whole.run();
    for (let step = 0; step < stepwise.stepCount; step++) stepwise.runSteps(step, step + 1);
    const middle = (halves.stepCount + run) >> 1;
    halves.runSteps(0, middle);
    halves.runSteps(middle, halves.stepCount);
  }
  repeated.run(3);
  for (const other of [stepwise, halves, repeated]) expect(bits(other)).toEqual(bits(whole));
  for (const program of [whole, stepwise, halves, repeated]) program.dispose();
}

/** Where only the last variable is updated, repeats leave out what depends on the others alone. */
async function expectSameBitsOfRepeats(graph: TrainingGraph): Promise<void> {
  const last = { ...graph, updates: graph.updates.slice(-2) };
  const [anew, together, stepwise] = [await loaded(last), await loaded(last, true), await loaded(last, true)];
  for (let run = 0; run < 3; run++) anew.run();
  together.run(3);
  for (let run = 0; run < 3; run++) {
    for (let step = run === 0 ? 0 : stepwise.repeatFrom; step < stepwise.stepCount; step++) {
      stepwise.runSteps(step, step + 1);
    }
  }
  for (const other of [together, stepwise]) expect(bits(other)).toEqual(bits(anew));
  for (const program of [anew, together, stepwise]) program.dispose();
}

async function expectUpdatesOfInterpreter(graph: TrainingGraph): Promise<void> {
  const program = await loaded(graph);
  program.run(3);
  for (const [name, expected] of Object.entries(trainedValues(graph, 3))) {
    const { norm, element } = deviation(program.buffer(name).view(), expected);
    expect(Math.max(norm, element), name).toBeLessThan(1e-5);
  }
  program.dispose();
}

const networks = ["a network of two layers with tanh", "a flat parameter vector cut into layers", "causal attention",
  "layer norm with scale and shift", "matmul beyond one tile", "overlapping slices", "segmented linear scan",
  "cross-entropy of a network"];
const cases = networks.map((name) => [name, opCases.find((each) => each.name === name)!] as const);

describe("a program that updates its inputs", () => {
  it.each(cases)("ends where the interpreter ends after three runs: %s", async (_, opCase) => {
    await expectUpdatesOfInterpreter(trainingGraph(differentiable(opCase)));
  });

  it.each(cases)("gives the bits of run() when it is cut at every instruction: %s", async (_, opCase) => {
    await expectSameBitsInAnyCuts(trainingGraph(differentiable(opCase)));
  });

  it.each(cases)("gives the same bits when repeats leave out what no update changes: %s", async (_, opCase) => {
    await expectSameBitsOfRepeats(trainingGraph(differentiable(opCase)));
  });

  it("leaves out of repeats the layer that no update changes, and computes it anew in the next run", async () => {
    const [x, w, y] = [t.input("x", [8, 8]), t.input("w", [8, 8]), t.input("y", [8, 8])];
    const source = { updates: [[y, t.matmul(t.tanh(t.matmul(x, w)), y)]] as const };
    const [anew, repeating] = [compile(source), compile({ ...source, repeats: true })];
    expect([anew.repeatFrom, repeating.repeatFrom]).toEqual([0, 2]);
    const programs = [await device.load(anew), await device.load(repeating)];
    for (const scale of [1, 2]) {
      for (const program of programs) {
        for (const name of ["x", "w", "y"]) program.buffer(name).view().fill(scale / 8);
        program.run(4);
      }
      expect(programs[1]!.buffer("y").view()).toEqual(programs[0]!.buffer("y").view());
    }
  });

  it("does all this for random graphs", async () => {
    await fc.assert(fc.asyncProperty(randomGraph(), async (graph) => {
      const problem = tryDifferentiable(graph);
      fc.pre(problem !== undefined);
      const training = trainingGraph(problem);
      await expectUpdatesOfInterpreter(training);
      await expectSameBitsInAnyCuts(training);
      await expectSameBitsOfRepeats(training);
    }), { seed: 22, numRuns: 50 });
  });
});
