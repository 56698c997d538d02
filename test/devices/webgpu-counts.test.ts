import { expect, it } from "vitest";
import { ppoItem, sacItem } from "../../bench/work-items.mjs";
import { describeProgram } from "../../src/devices/webgpu/describe.ts";
import * as tensor from "../../src/tensor.ts";

it.each([
  [ppoItem, 64, 18], [ppoItem, 2048, 21], [ppoItem, 65536, 27], [sacItem, 256, 28], [sacItem, 4096, 38],
])("an update takes few dispatches on a GPU: %o", (make, batch, most) => {
  const { program } = make(tensor, batch);
  const [head] = describeProgram(program).split("\n");
  expect(Number(head!.match(/(\d+) dispatches/)![1])).toBe(most);
});
