import { BregmanError } from "../../error.ts";

// Compiled kernels, one a text and GPUDevice. Bindings: 0 the parameters, from 1 on the pages.

interface PipelineCache {
  readonly layouts: Map<number, { bindings: GPUBindGroupLayout; pipeline: GPUPipelineLayout }>;
  readonly pipelines: Map<string, Promise<GPUComputePipeline>>;
}

const caches = new WeakMap<GPUDevice, PipelineCache>();
/** GPUShaderStage.COMPUTE. Node has no global of that name. */
const computeStage = 4;

function cacheOf(gpu: GPUDevice): PipelineCache {
  let cache = caches.get(gpu);
  if (!cache) caches.set(gpu, cache = { layouts: new Map(), pipelines: new Map() });
  return cache;
}

/** The layout of a kernel over `pages` pages. */
export function bindingsLayout(gpu: GPUDevice, pages: number): GPUBindGroupLayout {
  return layoutsOf(gpu, pages).bindings;
}

function layoutsOf(gpu: GPUDevice, pages: number): { bindings: GPUBindGroupLayout; pipeline: GPUPipelineLayout } {
  const { layouts } = cacheOf(gpu);
  let layout = layouts.get(pages);
  if (!layout) {
    const label = `bregman ${pages} pages`;
    const bindings = gpu.createBindGroupLayout({
      label,
      entries: Array.from({ length: pages + 1 }, (_, binding) => ({
        binding,
        visibility: computeStage,
        buffer: binding === 0 ? { type: "uniform" as const, hasDynamicOffset: true } : { type: "storage" as const },
      })),
    });
    layout = { bindings, pipeline: gpu.createPipelineLayout({ label, bindGroupLayouts: [bindings] }) };
    layouts.set(pages, layout);
  }
  return layout;
}

/** The pipeline of a text, compiled at most once a GPUDevice; `onCompile` is called when it is new. */
export function pipelineFor(
  gpu: GPUDevice, label: string, text: string, pages: number, onCompile: () => void,
): Promise<GPUComputePipeline> {
  const { pipelines } = cacheOf(gpu);
  let pipeline = pipelines.get(text);
  if (!pipeline) {
    onCompile();
    pipeline = compile(gpu, label, text, pages);
    pipelines.set(text, pipeline);
    pipeline.catch(() => pipelines.delete(text));
  }
  return pipeline;
}

async function compile(gpu: GPUDevice, label: string, text: string, pages: number): Promise<GPUComputePipeline> {
  const layout = layoutsOf(gpu, pages).pipeline;
  gpu.pushErrorScope("validation");
  const module = gpu.createShaderModule({ label: `bregman ${label}`, code: text });
  const compute = { module, entryPoint: "main" };
  const made = gpu.createComputePipelineAsync({ label: `bregman ${label}`, layout, compute })
    .catch((cause: unknown) => cause as Error);
  const [pipeline, fault] = await Promise.all([made, gpu.popErrorScope()]);
  if (!fault && !(pipeline instanceof Error)) return pipeline;
  const { messages } = await module.getCompilationInfo();
  const reasons = messages.map(({ lineNum, message }) => `line ${lineNum}: ${message}`);
  const reason = reasons.join("; ") || fault?.message || (pipeline as Error).message;
  throw new BregmanError("internal",
    `internal: the kernel "${label}" does not compile: ${reason}. Please report it.\n${text}`);
}
