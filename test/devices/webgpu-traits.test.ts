import { expect, it } from "vitest";
import { plainGpu, traitsOf } from "../../src/devices/webgpu/adapter-traits.ts";
import { describeProgram } from "../../src/devices/webgpu/describe.ts";
import { findAdapter, languageFeatures } from "../../src/devices/webgpu/request-device.ts";
import { compile, input, matmul, max, mul, sum } from "../../src/tensor.ts";
import { both, close, wave } from "../support/compare-programs.ts";
import { describeOnGpu, freshDevice, gpuKernels } from "../support/webgpu.ts";

const roomy = { ...plainGpu, workgroupBytes: 32768 };
const inSubgroups = { ...plainGpu, subgroups: true };

const large = () => compile({ outputs: { y: matmul(input("a", [2048, 64]), input("b", [64, 2048])) } });
const sums = () => {
  const x = input("x", [300, 40]);
  return compile({ outputs: { total: sum(x), rows: sum(mul(x, x), 1), columns: sum(x, 0), most: max(x) } });
};

it("the largest tiles take slices of 16 where there is workgroup memory for it, else of 8", () => {
  expect(describeProgram(large(), 2, plainGpu)).toMatch(/tiles of 128[^]*const steps = 8u;/);
  expect(describeProgram(large(), 2, roomy)).toMatch(/tiles of 128[^]*const steps = 16u;/);
});

it("sums of whole rows go through subgroups where the adapter has them; others and maxima do not", () => {
  const reductions = (list: string): string[] => list.split("\n").filter((line) => /(sum|max) over/.test(line));
  const found = reductions(describeProgram(sums(), 1, inSubgroups)).map((line) => /, in subgroups/.test(line));
  expect(found).toContain(true);
  for (const line of reductions(describeProgram(sums(), 1, inSubgroups))) {
    if (/max over|over axes 0\.\.0;/.test(line)) expect(line).not.toContain("in subgroups");
  }
  expect(describeProgram(sums(), 2, inSubgroups)).toContain("enable subgroups;");
  expect(describeProgram(sums(), 2, plainGpu)).not.toMatch(/enable subgroups|subgroupAdd/);
});

it("a device has subgroups where it was made with them and WGSL numbers them", () => {
  const made = (...features: string[]) =>
    ({ limits: { maxComputeWorkgroupStorageSize: 16384 }, features: new Set(features) }) as unknown as GPUDevice;
  expect(traitsOf(made("subgroups"), "gpu", new Set(["subgroup_id"]))).toEqual(inSubgroups);
  for (const traits of [
    traitsOf(made(), "gpu", new Set(["subgroup_id"])), traitsOf(made("subgroups"), "gpu", new Set()),
    traitsOf(made("subgroups"), "gpu", undefined),
  ]) expect(traits).toEqual(plainGpu);
});

describeOnGpu("what a device is asked for", () => {
  it("is the adapter's own limits, and subgroups where it has them", async () => {
    const { adapter } = await findAdapter();
    const device = await freshDevice();
    for (const name of ["maxStorageBufferBindingSize", "maxBufferSize", "maxComputeWorkgroupStorageSize"] as const) {
      expect(device.gpu.limits[name], name).toBe(adapter.limits[name]);
    }
    expect(device.gpu.features.has("subgroups")).toBe(adapter.features.has("subgroups"));
    device.dispose();
  });

  it("gives sums that agree with the reference and repeat themselves to the bit", async () => {
    const device = await gpuKernels();
    const loaded = await device.load(sums());
    const { subgroups } = traitsOf(device.gpu, "gpu", languageFeatures());
    expect(loaded.describe().includes("in subgroups")).toBe(subgroups);
    loaded.dispose();
    const inputs = { x: wave(12_000) };
    const runs = [await both(sums(), inputs, device), await both(sums(), inputs, device)];
    for (const name of ["total", "rows", "columns", "most"]) {
      close(runs[0]!.gpu[name]!, runs[0]!.reference[name]!, 1e-4);
      expect(runs[1]!.gpu[name]).toEqual(runs[0]!.gpu[name]);
    }
  });
});
