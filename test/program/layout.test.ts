import { expect, test } from "vitest";
import { compile } from "../../src/program/compile.ts";
import * as t from "../../src/tensor.ts";

/** Maps whose lanes lie apart in memory are gathers, several times as slow as whole vectors. */
test("no map of a Hessian-vector product walks down the columns of an activation", () => {
  const network = t.mlp({ inputs: 5, hidden: [16, 16], outputs: 3, activation: "tanh" });
  const flat = t.input("parameters", [t.parameterCount(network.parameters)]);
  const vector = t.input("vector", [flat.size]);
  const { output } = network.apply(t.bindParameters(flat, network.parameters), t.input("x", [64, 5]));
  const loss = t.mean(t.square(output));
  const { kernels } = compile({ outputs: { product: t.hessianVectorProduct(loss, flat, vector) } });
  const strided = kernels.flatMap((kernel) => (kernel.kind === "map" ? kernel.loads : []))
    .filter(({ strides }) => strides[strides.length - 1]! > 1);
  expect(strided).toEqual([]);
});
