import { expect, it } from "vitest";
import { requestDevice } from "../../src/devices/webgpu/request-device.ts";
import { createTrainer } from "../../src/index.ts";
import { compilesSlowly, describeOnGpu } from "../support/webgpu.ts";

/** All 200 pass on SwiftShader, too, in 40 s. */
const cycles = compilesSlowly ? 50 : 200;

describeOnGpu("on a page's own GPUDevice", () => {
  it(`${cycles} times create, train and dispose leave no buffer behind`, async () => {
    const { gpu } = await requestDevice();
    const alive = new Set<GPUBuffer>();
    let made = 0;
    const createBuffer = gpu.createBuffer.bind(gpu);
    gpu.createBuffer = (descriptor) => {
      const buffer = createBuffer(descriptor);
      const destroy = buffer.destroy.bind(buffer);
      buffer.destroy = () => {
        alive.delete(buffer);
        return destroy();
      };
      alive.add(buffer);
      made++;
      return buffer;
    };
    for (let seed = 0; seed < cycles; seed++) {
      const trainer = await createTrainer("CartPole-v1", {
        algorithm: "a2c", device: gpu, seed, envs: 2, steps: 32,
        hyperparameters: { horizon: 8, networks: { hidden: [4] }, normalizeObservations: false },
      });
      await trainer.update();
      trainer.dispose();
      trainer.dispose();
      expect(alive.size, `after cycle ${seed}`).toBe(0);
    }
    expect(made).toBeGreaterThanOrEqual(3 * cycles);
    gpu.destroy();
  }, 240_000);
});
