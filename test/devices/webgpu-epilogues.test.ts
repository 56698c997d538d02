import { expect, it } from "vitest";
import { describeProgram } from "../../src/devices/webgpu/describe.ts";
import {
  add, bindParameters, compile, exp, grad, input, matmul, mean, mlp, mul, parameterCount, relu, square, tanh,
} from "../../src/tensor.ts";
import { both, close, wave } from "../support/compare-programs.ts";
import { describeOnGpu, gpuKernels } from "../support/webgpu.ts";

const [x, w, bias] = [input("x", [7, 40]), input("w", [40, 40]), input("bias", [40])];
const inputs = {
  x: wave(280, 0.5), w: wave(1600, 0.3), bias: wave(40), scale: wave(7), long: wave(2400, 0.4),
  rows: wave(2000, 0.05), one: wave(674, 0.4), two: wave(687, 0.3),
};
const countOf = (program: Parameters<typeof describeProgram>[0]): string =>
  describeProgram(program).match(/kernels, (\d+) dispatches/)![1]!;

const layers = () => compile({
  outputs: { y: matmul(tanh(matmul(relu(matmul(x, w, bias)), w, bias)), w) },
});
/** The product is read twice more: by another map and by another matmul. */
const shared = () => {
  const product = matmul(x, w, bias);
  return compile({ outputs: {
    y: mul(tanh(product), input("scale", [7, 1])), z: matmul(product, w), sum: add(relu(product), x),
  } });
};
/** k is long enough for parts: the sum of these takes the epilogue. */
const inParts = () => {
  const long = input("long", [400, 6]);
  return compile({ outputs: { y: exp(matmul(input("rows", [5, 400]), long)) } });
};
/** What is written is what the product reads, so the map has to come after it. */
const inPlace = () => compile({ updates: [[x, tanh(matmul(x, w))]] });

/** Gradients of two networks of two hidden layers, whose losses begin at different depths of the graph. */
const backward = () => {
  const gradients = ["one", "two"].map((name, i) => {
    const network = mlp({ inputs: 40, hidden: [12, 12], outputs: 2 + i, activation: "tanh", name });
    const flat = input(name, [parameterCount(network.parameters)]);
    const { output } = network.apply(bindParameters(flat, network.parameters), x);
    return grad(mean(square(i === 0 ? output : exp(output))), [flat])[0]!;
  });
  return compile({ outputs: { first: gradients[0]!, second: gradients[1]! } });
};

it("on the way back all layers take their activation's derivative along, and their bias gradients a launch together",
  () => {
    const list = describeProgram(backward()).split("\n");
    const sums = list.filter((line) => /map \[7, 12\]/.test(line));
    expect(sums).toHaveLength(1);
    expect(sums[0]!.match(/sum over axes 0\.\.0/g)).toHaveLength(4);
    expect(list.filter((line) => /b transposed; tiles of 32; \d+ operations, 1 stores \|/.test(line))).toHaveLength(2);
  });

it("an activation takes no launch of its own, unless it overwrites what the product reads", () => {
  expect([layers(), shared(), inParts(), inPlace()].map(countOf)).toEqual(["3", "2", "2", "2"]);
});

describeOnGpu("epilogues on webgpu", () => {
  it.each([["layers", layers], ["a product that others read", shared], ["parts of k", inParts],
    ["an update in place", inPlace], ["gradients", backward],
  ])("compute what separate kernels would: %s", async (_, make) => {
    const program = make();
    const own = Object.fromEntries(Object.entries(inputs).filter(([name]) => program.inputs.has(name)));
    const { gpu, reference } = await both(program, own, await gpuKernels());
    for (const name of [...program.outputs.keys(), "x"].filter((each) => gpu[each])) {
      close(gpu[name]!, reference[name]!, 2e-5);
    }
  });
});
