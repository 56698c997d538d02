import { BregmanError, invariant } from "../../error.ts";
import type { BufferSpec, Program, View } from "../../program/program.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { DeviceBuffer } from "../device.ts";
import { makeBuffer, type WebGpuBuffer, type WebGpuCore, type WebGpuProgram } from "./core.ts";
import { describeLaunches } from "./describe.ts";
import { parameterWords, scratch, scratchElements, type Dispatch, type DispatchOperand } from "./dispatch.ts";
import type { Page } from "./heap.ts";
import { arenaOf, launchesOf, type Launch } from "./launches.ts";
import { bindingsLayout, pipelineFor } from "./pipelines.ts";
import { dispatchesOf } from "./program-dispatches.ts";

/** One dispatch, ready to be encoded. */
interface Step {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  /** Where its parameters are in the program's uniform buffer, as the dynamic offset. */
  readonly offset: readonly [number];
  readonly grid: readonly [number, number, number];
  /** What it may take a slow GPU. */
  readonly milliseconds: number;
}

/** What a slow GPU (a small laptop's), or a CPU that poses as one, does in a millisecond; and a launch's own time. */
const workPerMs = { gpu: 200e6, cpu: 200e3 } as const;
const launchMs = 0.02;
/** Storage buffers that every WebGPU device can bind to one kernel. */
const largestPageCount = 8;
/** GPUBufferUsage: UNIFORM | COPY_DST. */
const uniformUsage = 0x40 | 0x8;
const uniformAlignment = 256;

type Bindings = Readonly<Record<string, DeviceBuffer>>;

export async function loadProgram(core: WebGpuCore, program: Program, given: Bindings): Promise<WebGpuProgram> {
  const planned = dispatchesOf(program, core.adapter);
  const memory = placeBuffers(core, program, given, scratchElements(planned));
  try {
    const dispatches = planned.map((dispatch) => readingHalves(dispatch, memory.bufferOf));
    return await prepare(core, program, dispatches, memory);
  } catch (cause) {
    memory.free();
    throw cause;
  }
}

async function prepare(
  core: WebGpuCore, program: Program, dispatches: readonly Dispatch[], memory: ProgramMemory,
): Promise<WebGpuProgram> {
  const { gpu, counters } = core;
  const { buffers } = memory;
  const launches = launchesOf(dispatches, core.adapter, (number) => {
    const { block, byteOffset } = memory.bufferOf(number);
    return { page: block.page, word: byteOffset / 4 };
  });
  launches.forEach(checkPages);
  const pipelines = await Promise.all(launches.map(({ members: [first], text, pages }) =>
    pipelineFor(gpu, first!.label, text, pages.length, () => counters.pipelines++)));
  core.check();

  const uniforms = writeUniforms(gpu, launches.map(({ members, grid }) =>
    members.flatMap((dispatch) => parameterWords(dispatch, grid, (number) => memory.bufferOf(number).byteOffset / 4))));
  const bindGroups = bindGroupCache(gpu, uniforms);
  const steps = launches.map(({ pages, grid, members }, step): Step => ({
    pipeline: pipelines[step]!, bindings: bindGroups(pages), offset: [step * uniforms.stride], grid,
    milliseconds: launchMs + members.reduce((sum, { work }) => sum + work, 0) / workPerMs[core.adapter.kind],
  }));
  if (core.debug > 0) console.log(describeLaunches(program, launches, core.debug));

  let disposed = false;
  const check = (): void => {
    if (disposed) throw new BregmanError("disposed", "webgpu: this program was disposed");
    core.check();
  };
  return {
    program,
    stepCount: steps.length,
    repeatFrom: 0,
    buffer: (name) => namedBuffer(program, buffers, name),
    run(times = 1) {
      check();
      submitSteps(core, steps, 0, steps.length, times);
    },
    runSteps(from, to) {
      check();
      invariant(0 <= from && from <= to && to <= steps.length, `steps ${from} to ${to} of ${steps.length}`);
      submitSteps(core, steps, from, to, 1);
    },
    describe: (level = 1) => describeLaunches(program, launches, level),
    dispose() {
      if (disposed) return;
      disposed = true;
      uniforms.buffer.destroy();
      memory.free();
    },
  };
}

/**
 * Encodes `times` rounds of the steps into compute passes and submits each: one, unless a slow GPU would be busy with
 * it for longer than `submitMs`.
 */
function submitSteps(core: WebGpuCore, steps: readonly Step[], from: number, to: number, times: number): void {
  const total = (to - from) * times;
  for (let done = 0; done < total;) {
    const first = done;
    const encoder = core.gpu.createCommandEncoder({ label: "bregman run" });
    const pass = encoder.beginComputePass();
    let pipeline: GPUComputePipeline | undefined;
    let milliseconds = 0;
    do {
      const step = steps[from + done % (to - from)]!;
      if (step.pipeline !== pipeline) pass.setPipeline(pipeline = step.pipeline);
      pass.setBindGroup(0, step.bindings, step.offset);
      pass.dispatchWorkgroups(...step.grid);
      milliseconds += step.milliseconds;
      done++;
    } while (done < total && milliseconds < core.submitMs);
    pass.end();
    core.gpu.queue.submit([encoder.finish()]);
    core.counters.submits++;
    core.counters.dispatches += done - first;
  }
}

/** The dispatch with what buffers keep as halves read as such. */
function readingHalves(dispatch: Dispatch, bufferOf: ProgramMemory["bufferOf"]): Dispatch {
  const operands = dispatch.operands.map((operand): DispatchOperand => {
    if (!bufferOf(operand.view.buffer).halves) return operand;
    if (operand.type === "f32" && operand.access === "load") return { ...operand, type: "f16" };
    throw new BregmanError("invalid-dtype",
      `webgpu: "${dispatch.label}" writes or copies ${operand.name}, which is kept as float16 and can only be read`);
  });
  return { ...dispatch, operands };
}

interface ProgramMemory {
  /** By their number in the program. */
  readonly buffers: readonly WebGpuBuffer[];
  /** The same, and the scratch buffer by its own number. */
  bufferOf(number: number): WebGpuBuffer;
  /** Gives back what was made for the program. */
  free(): void;
}

function placeBuffers(core: WebGpuCore, program: Program, given: Bindings, scratchSize: number): ProgramMemory {
  const { heap } = core;
  const made: WebGpuBuffer[] = [];
  const make = ({ size, dtype }: Pick<BufferSpec, "size" | "dtype">): WebGpuBuffer => {
    const buffer = makeBuffer(heap, size, dtype);
    made.push(buffer);
    return buffer;
  };
  const bound = program.buffers.map((spec) =>
    spec.kind === "input" && given[spec.name] ? checkBinding(spec, core.own(given[spec.name]!)) : undefined);
  const { offsets, byteLength } = arenaOf(program);
  const arena = byteLength > 0 ? make({ size: Math.ceil(byteLength / 4), dtype: "f32" }) : undefined;
  const buffers = program.buffers.map((spec, number): WebGpuBuffer => {
    if (spec.kind !== "temporary") return bound[number] ?? make(spec);
    return { ...arena!, dtype: spec.dtype, size: spec.size, byteOffset: arena!.byteOffset + offsets[number]! };
  });
  const shared = scratchSize > 0 ? make({ size: scratchSize, dtype: "f32" }) : undefined;
  const bufferOf = (number: number): WebGpuBuffer => (number === scratch ? shared! : buffers[number]!);
  return { buffers, bufferOf, free: () => made.forEach(({ block }) => heap.free(block)) };
}

function checkBinding({ name, dtype, size }: BufferSpec, buffer: WebGpuBuffer): WebGpuBuffer {
  if (buffer.dtype === dtype && buffer.size >= size) return buffer;
  throw new BregmanError("invalid-shape",
    `load: input "${name}" needs ${dtype} [${size}], the bound buffer is ${buffer.dtype} [${buffer.size}]`);
}

function namedBuffer({ inputs, outputs }: Program, buffers: readonly WebGpuBuffer[], name: string): WebGpuBuffer {
  const number = inputs.get(name);
  if (number !== undefined) return buffers[number]!;
  const view = outputs.get(name);
  if (view) return window(buffers[view.buffer]!, view);
  const names = [...inputs.keys(), ...outputs.keys()];
  throw new BregmanError("not-found", `the program has no buffer "${name}"; it has ${names.join(", ")}`);
}

function window(buffer: WebGpuBuffer, { offset, shape, dtype }: View): WebGpuBuffer {
  return { ...buffer, dtype, size: sizeOf(shape), byteOffset: buffer.byteOffset + 4 * offset };
}

function checkPages({ members: [first], pages }: Launch<Page>): void {
  if (pages.length <= largestPageCount) return;
  throw new BregmanError("invalid-shape",
    `webgpu: the kernel "${first!.label}" reads and writes ${pages.length} large pieces of GPU memory, but a kernel ` +
    `can bind ${largestPageCount}; use smaller tensors, fewer in one expression, or device "wasm"`);
}

interface Uniforms {
  readonly buffer: GPUBuffer;
  /** Bytes from one dispatch's parameters to the next. */
  readonly stride: number;
}

function writeUniforms(gpu: GPUDevice, blocks: readonly (readonly number[])[]): Uniforms {
  const longest = Math.max(1, ...blocks.map((words) => words.length));
  const stride = Math.ceil(4 * longest / uniformAlignment) * uniformAlignment;
  const words = new Uint32Array(Math.max(1, blocks.length) * stride / 4);
  blocks.forEach((block, step) => words.set(block, step * stride / 4));
  const buffer = gpu.createBuffer({ label: "bregman parameters", size: words.byteLength, usage: uniformUsage });
  gpu.queue.writeBuffer(buffer, 0, words);
  return { buffer, stride };
}

/** Bind groups by the pages that they bind: a program needs few. */
function bindGroupCache(gpu: GPUDevice, { buffer, stride }: Uniforms): (pages: readonly Page[]) => GPUBindGroup {
  const known: { pages: readonly Page[]; group: GPUBindGroup }[] = [];
  return (pages) => {
    const found = known.find((each) =>
      each.pages.length === pages.length && each.pages.every((page, i) => page === pages[i]));
    if (found) return found.group;
    const group = gpu.createBindGroup({
      label: "bregman",
      layout: bindingsLayout(gpu, pages.length),
      entries: [
        { binding: 0, resource: { buffer, size: stride } },
        ...pages.map((page, i) => ({ binding: i + 1, resource: { buffer: page.buffer } })),
      ],
    });
    known.push({ pages, group });
    return group;
  };
}
