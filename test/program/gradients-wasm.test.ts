import { beforeAll, describe, expect, it } from "vitest";
import type { Device } from "../../src/devices/device.ts";
import { createWasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { checkGradients, tolerances } from "../support/device-check.ts";
import { differentiable } from "../support/differentiable.ts";
import { opCases } from "../support/op-cases.ts";

const named = opCases.map((opCase) => [opCase.name, opCase] as const);
let device: Device;

beforeAll(async () => {
  device = await createWasmDevice();
});

describe("on wasm, gradients agree with float64 to 1e-5 and Hessian-vector products to 1e-4", () => {
  it.each(named)("%s", async (_, opCase) => {
    const { value, gradient, curvature } = await checkGradients(device, differentiable(opCase));
    expect(value.element, "loss").toBeLessThan(tolerances.gradient);
    expect(Math.max(gradient.norm, gradient.element), "gradient").toBeLessThan(tolerances.gradient);
    expect(Math.max(curvature.norm, curvature.element), "Hessian-vector product").toBeLessThan(tolerances.curvature);
    if (globalThis.process?.env.WORST) console.log("WORST", JSON.stringify({ name: opCase.name, v: value.element, g: Math.max(gradient.norm, gradient.element), c: Math.max(curvature.norm, curvature.element) }));
  });
});
