import { expect, it } from "vitest";
import { ppoItem, sacItem } from "../../bench/work-items.mjs";
import { describeProgram } from "../../src/devices/webgpu/describe.ts";
import * as tensor from "../../src/tensor.ts";

it.each([
  [ppoItem, 64, 20], [ppoItem, 2048, 26], [ppoItem, 65536, 29], [sacItem, 256, 30], [sacItem, 4096, 45],
])("an update takes few dispatches on a GPU: %o", (make, batch, most) => {
  const { program } = make(tensor, batch);
  const [head] = describeProgram(program).split("\n");
  expect(Number(head!.match(/(\d+) dispatches/)![1])).toBe(most);
});
