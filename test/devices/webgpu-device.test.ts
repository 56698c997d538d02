import { expect, it, vi } from "vitest";
import { describeProgram } from "../../src/devices/webgpu/describe.ts";
import { createHeap } from "../../src/devices/webgpu/heap.ts";
import { findAdapter, isSoftware } from "../../src/devices/webgpu/request-device.ts";
import type { Program } from "../../src/program/program.ts";
import { BregmanError } from "../../src/error.ts";
import { buildMap, buildProgram } from "../support/hand-made-program.ts";
import { describeOnGpu, freshDevice, sharedDevice } from "../support/webgpu.ts";

/** x <- 2 x + step in place; y = x after, through a temporary. Three dispatches, of which two share a pipeline. */
function doubling(): Program {
  const p = buildProgram();
  const [x, step] = [p.input("x", [5]), p.input("step", [])];
  const update = buildMap([5]);
  const doubled = update.emit("mul", [update.load(x), update.emit("constant", [], "f32", 2)], "f32");
  update.store(update.emit("add", [doubled, update.load(step)], "f32"), x);
  p.add(update.build());
  const between = p.temporary([5]);
  for (const [from, to] of [[x, between], [between, p.output("y", [5])]] as const) {
    const copy = buildMap([5]);
    copy.store(copy.load(from), to);
    p.add(copy.build());
  }
  return p.build();
}

const codeOf = async (action: () => unknown): Promise<string> => {
  try {
    await action();
  } catch (error) {
    return (error as BregmanError).code;
  }
  return "nothing was thrown";
};

describeOnGpu("the webgpu device", () => {
  it("submits once a run, however often it is repeated, and shares pipelines of equal text", async () => {
    const device = await freshDevice();
    const loaded = await device.load(doubling());
    expect(loaded.stepCount).toBe(3);
    expect(device.counters).toEqual({ submits: 0, dispatches: 0, pipelines: 2 });
    device.write(loaded.buffer("x"), new Float32Array([1, 2, 3, 4, 5]));
    device.write(loaded.buffer("step"), new Float32Array([1]));
    loaded.run(3);
    expect(device.counters).toEqual({ submits: 1, dispatches: 9, pipelines: 2 });
    expect([...await device.read(loaded.buffer("y"))]).toEqual([15, 23, 31, 39, 47]);
    await device.load(doubling());
    expect(device.counters.pipelines).toBe(2);
    device.dispose();
  });

  it("gives the same in slices and when submits are cut where they would take too long", async () => {
    const device = await freshDevice({ submitMs: 0.03 });
    const loaded = await device.load(doubling());
    device.write(loaded.buffer("x"), new Float32Array([1, 2, 3, 4, 5]));
    for (let step = 0; step < 3; step++) loaded.runSteps(step, step + 1);
    loaded.runSteps(2, 2);
    expect([...await device.read(loaded.buffer("y"))]).toEqual([2, 4, 6, 8, 10]);
    expect(device.counters.submits).toBe(3);
    loaded.run(2);
    expect([...await device.read(loaded.buffer("y"))]).toEqual([8, 16, 24, 32, 40]);
    expect(device.counters.submits).toBe(6);
    device.dispose();
  });

  it("binds given buffers, writes and reads parts, and leaves the page's own GPUDevice alive", async () => {
    const owner = await sharedDevice();
    const device = await freshDevice({ device: owner.gpu });
    const x = device.allocate(5, "f32");
    const loaded = await device.load(doubling(), { x });
    device.write(x, new Float32Array([7, 8]), 3);
    loaded.run();
    expect([...await device.read(x, 4)]).toEqual([0, 0, 0, 14]);
    expect(await Promise.all([device.read(x), device.read(x, 0), device.read(loaded.buffer("y"))]))
      .toEqual([new Float32Array([0, 0, 0, 14, 16]), new Float32Array(), new Float32Array([0, 0, 0, 14, 16])]);
    expect(await codeOf(() => owner.write(x, new Float32Array(1)))).toBe("invalid-option");
    device.dispose();
    const alive = owner.allocate(1, "i32");
    owner.write(alive, new Int32Array([-5]));
    expect([...await owner.read(alive)]).toEqual([-5]);
  });

  it("reads several buffers with one submit, wherever they lie", async () => {
    const device = await freshDevice({ pageBytes: 256 });
    const buffers = [device.allocate(3, "f32"), device.allocate(70, "i32"), device.allocate(1, "f32")];
    device.write(buffers[0]!, new Float32Array([1, 2, 3]));
    device.write(buffers[1]!, new Int32Array([-7]), 69);
    const submit = vi.spyOn(device.gpu.queue, "submit");
    const [x, y, z] = await device.readAll(buffers);
    expect(submit).toHaveBeenCalledTimes(1);
    expect([x, y![69], z]).toEqual([new Float32Array([1, 2, 3]), -7, new Float32Array(1)]);
    expect(await device.readAll([])).toEqual([]);
    device.dispose();
  });

  it("refuses what does not fit, and work after the end", async () => {
    const device = await freshDevice();
    const x = device.allocate(4, "f32");
    expect(await codeOf(() => device.write(x, new Float32Array(3), 2))).toBe("invalid-shape");
    expect(await codeOf(() => device.write(x, new Int32Array(3)))).toBe("invalid-dtype");
    expect(await codeOf(() => device.read(x, 5))).toBe("invalid-shape");
    expect(await codeOf(() => device.load(doubling(), { x }))).toBe("invalid-shape");
    expect(await codeOf(() => device.allocate(2 ** 40, "f32"))).toBe("invalid-shape");
    const loaded = await device.load(doubling());
    expect(await codeOf(() => loaded.buffer("z"))).toBe("not-found");
    loaded.dispose();
    loaded.dispose();
    expect(await codeOf(() => loaded.run())).toBe("disposed");
    device.dispose();
    device.dispose();
    expect(await codeOf(() => device.allocate(1, "f32"))).toBe("disposed");
  });

  it("says that the device was lost, also to a read on its way", async () => {
    const device = await freshDevice();
    const loaded = await device.load(doubling());
    const reading = codeOf(() => device.read(loaded.buffer("y")));
    device.gpu.destroy();
    expect(["device-lost", "nothing was thrown"]).toContain(await reading);
    await device.gpu.lost;
    await Promise.resolve();
    expect(await codeOf(() => loaded.run())).toBe("device-lost");
    device.dispose();
  });

  it("passes on what the GPU refuses, at the next call", async () => {
    const device = await freshDevice();
    const x = device.allocate(1, "f32");
    const mapReadAndStorage = 0x1 | 0x80;   // not allowed together
    device.gpu.createBuffer({ label: "bregman test", size: 4, usage: mapReadAndStorage });
    let message = "";
    for (let attempt = 0; attempt < 20 && message === ""; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      try {
        await device.read(x);
      } catch (error) {
        message = (error as Error).message;
      }
    }
    expect(message).toMatch(/GPU refused a command/);
    expect([...await device.read(x)]).toEqual([0]);
    device.dispose();
  });

  it("hands out zeroed memory again and keeps pages few", async () => {
    const { gpu } = await sharedDevice();
    const heap = createHeap(gpu);
    const blocks = Array.from({ length: 20 }, () => heap.allocate(1000));
    expect(new Set(blocks.map(({ page }) => page)).size).toBe(1);
    expect(blocks.every(({ offset }) => offset % 256 === 0)).toBe(true);
    const before = heap.byteLength();
    for (const block of [...blocks.slice(5, 10), blocks[12]!, ...blocks.slice(10, 12)]) heap.free(block);
    expect(heap.allocate(8000).offset).toBe(blocks[5]!.offset);
    expect(heap.allocate(5 << 20).page.byteLength).toBeGreaterThanOrEqual(5 << 20);
    expect(heap.byteLength()).toBeGreaterThan(before);
    heap.dispose();

    const device = await sharedDevice();
    const first = await device.load(doubling());
    device.write(first.buffer("x"), new Float32Array([1, 2, 3, 4, 5]));
    await device.read(first.buffer("x"));
    first.dispose();
    const second = await device.load(doubling());
    expect([...await device.read(second.buffer("x"))]).toEqual([0, 0, 0, 0, 0]);
    second.dispose();
  });

  it("refuses a kernel over more pages than can be bound", async () => {
    const device = await freshDevice({ pageBytes: 256 });
    const p = buildProgram();
    const map = buildMap([1]);
    const inputs = Array.from({ length: 9 }, (_, i) => p.input(`x${i}`, [64 * 2 ** i]));
    const loads = inputs.map((view) => map.load({ ...view, shape: [1], strides: [1] }));
    map.store(loads.reduce((a, b) => map.emit("add", [a, b], "f32")), p.output("y", [1]));
    p.add(map.build());
    const program = p.build();
    expect(await codeOf(() => device.load(program))).toBe("invalid-shape");
    device.dispose();
    const roomy = await freshDevice();
    const loaded = await roomy.load(program);
    for (let i = 0; i < 9; i++) roomy.write(loaded.buffer(`x${i}`), new Float32Array([2 ** i]));
    loaded.run();
    expect([...await roomy.read(loaded.buffer("y"))]).toEqual([511]);
    roomy.dispose();
  });

  it("prints its kernels, and with them their WGSL", async () => {
    const device = await sharedDevice();
    const loaded = await device.load(doubling());
    const list = loaded.describe();
    expect(list.split("\n")).toHaveLength(4);
    expect(list).toMatch(/^3 kernels, 3 dispatches, 2 pipelines/);
    expect(list).toMatch(/pipeline of 1$/);
    expect(loaded.describe(2)).toContain("@compute");
    expect(describeProgram(doubling(), 2)).toContain("@compute");
    expect(describeProgram(doubling(), 0)).toBe("");
    loaded.dispose();
  });
});

const gpuOfRuntime = (globalThis as { navigator?: { gpu?: unknown } }).navigator?.gpu;

it.skipIf(gpuOfRuntime)("says that an insecure page has no WebGPU (SKIPPED where navigator.gpu exists)", async () => {
  vi.stubGlobal("isSecureContext", false);
  vi.stubGlobal("location", { origin: "http://example.test" });
  const error = await findAdapter().then(() => undefined, (cause: BregmanError) => cause);
  vi.unstubAllGlobals();
  expect(error?.code).toBe("webgpu-unavailable");
  expect(error?.message).toMatch(/http:\/\/example.test is not a secure context.*https/);
});

it("tells software rasterizers from GPUs", () => {
  const info = (fields: Partial<GPUAdapterInfo>): GPUAdapterInfo =>
    ({ vendor: "", architecture: "", device: "", description: "", ...fields }) as GPUAdapterInfo;
  expect(isSoftware(info({ vendor: "google", architecture: "swiftshader" }))).toBe(true);
  expect(isSoftware(info({ vendor: "65541", description: "llvmpipe (LLVM 15.0.6, 256 bits)" }))).toBe(true);
  expect(isSoftware(info({ description: "Microsoft Basic Render Driver" }))).toBe(true);
  expect(isSoftware(info({ vendor: "nvidia", architecture: "hopper" }))).toBe(false);
  expect(isSoftware(info({ isFallbackAdapter: true }))).toBe(true);
});
