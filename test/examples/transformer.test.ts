import { describe, expect, it } from "vitest";
import { trainTransformer, type TransformerOptions } from "../../examples/transformer.ts";
import { createWasmDevice, type Device } from "../../src/tensor.ts";
import { compilesSlowly, describeOnGpu, freshDevice } from "../support/webgpu.ts";

/** The accuracy on held-out strings, and the losses on the way. */
async function trainOn(device: Device, options: Omit<TransformerOptions, "device" | "seed">) {
  const losses: number[] = [];
  const { accuracy } = await trainTransformer({ ...options, device, seed: 1, onLoss: (loss) => losses.push(loss) });
  device.dispose();
  return { accuracy, losses };
}

describe("a two-layer transformer of width 32, on wasm", () => {
  it.each(["copy", "sort"] as const)("learns to %s five digits, also strings it was never shown", async (task) => {
    const { accuracy, losses } = await trainOn(await createWasmDevice(), { task, steps: 400 });
    expect(losses.at(-1)).toBeLessThan(0.1);
    expect(accuracy).toBeGreaterThanOrEqual(0.95);
  });
});

describeOnGpu("the transformer on webgpu", () => {
  it("takes the steps that it takes on wasm", async () => {
    const options = { task: "sort", digits: 3, layers: 1, batch: 8, steps: 6, reportEvery: 1 } as const;
    const wasm = await trainOn(await createWasmDevice(), options);
    const webgpu = await trainOn(await freshDevice(), options);
    expect(webgpu.losses).toHaveLength(6);
    webgpu.losses.forEach((loss, i) => expect(loss / wasm.losses[i]!).toBeCloseTo(1, 4));
  });

  it.skipIf(compilesSlowly).each(["copy", "sort"] as const)("learns to %s three digits", async (task) => {
    const { accuracy, losses } = await trainOn(await freshDevice(), { task, digits: 3, batch: 16, steps: 160 });
    expect(losses[0]).toBeLessThan(0.5);
    expect(accuracy).toBeGreaterThanOrEqual(0.95);
  });
});
