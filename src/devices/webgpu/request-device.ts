import { BregmanError } from "../../error.ts";

// Where a GPU comes from: `navigator.gpu` in browsers and Deno, the optional package `webgpu` (Dawn) in Node, or a
// GPUDevice that the page already has.

/** An adapter and what is known of it. `software`: it computes on the CPU, so it is no GPU for `device: "auto"`. */
export interface AdapterReport {
  readonly adapter: GPUAdapter;
  readonly description: string;
  readonly software: boolean;
}

export interface DeviceReport {
  readonly gpu: GPUDevice;
  readonly description: string;
  readonly software: boolean;
  /** False for the caller's own GPUDevice, which is never destroyed here. */
  readonly owned: boolean;
}

/** Dawn's GPU object. It must outlive every device made from it, or the process crashes when it is collected. */
let dawn: GPU | undefined;

/** The fastest adapter of this runtime. Throws `webgpu-unavailable` that says why there is none. */
export async function findAdapter(): Promise<AdapterReport> {
  const gpu = await entryPoint();
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" }).catch((cause: unknown) => {
    throw unavailable(`the request for an adapter failed: ${messageOf(cause)}`);
  });
  if (!adapter) {
    throw unavailable(inNode()
      ? "no adapter; install a Vulkan driver for this GPU (or point VK_ICD_FILENAMES at one), or use device \"wasm\""
      : "the browser has no adapter: its GPU driver is missing or blocked, or hardware acceleration is off" +
        " (on Linux, Chromium may want --enable-unsafe-webgpu); or use device \"wasm\"");
  }
  return { adapter, description: describeAdapter(adapter.info), software: isSoftware(adapter.info, adapter) };
}

/** Limits as high as the adapter's, and features that kernels use where they are. */
const wantedLimits = ["maxStorageBufferBindingSize", "maxBufferSize", "maxComputeWorkgroupStorageSize"] as const;
const wantedFeatures: readonly GPUFeatureName[] = ["subgroups"];

/** A GPUDevice with what the adapter has of that. Throws `webgpu-unavailable`. */
export async function requestDevice(found?: AdapterReport): Promise<DeviceReport> {
  const { adapter, description, software } = found ?? await findAdapter();
  const gpu = await adapter
    .requestDevice({
      label: "bregman",
      requiredLimits: Object.fromEntries(wantedLimits.map((name) => [name, adapter.limits[name]])),
      requiredFeatures: wantedFeatures.filter((name) => adapter.features.has(name)),
    })
    .catch((cause: unknown) => {
      throw unavailable(`the adapter (${description}) gave no device: ${messageOf(cause)}`);
    });
  return { gpu, description, software, owned: true };
}

/** The caller's own GPUDevice, with the limits and features that it was made with. */
export function adoptDevice(gpu: GPUDevice): DeviceReport {
  const info = (gpu as { adapterInfo?: GPUAdapterInfo }).adapterInfo;
  if (!info) return { gpu, description: "the page's GPUDevice", software: false, owned: false };
  return { gpu, description: describeAdapter(info), software: isSoftware(info), owned: false };
}

const softwareNames = ["swiftshader", "llvmpipe", "lavapipe", "software", "basic render"];

/** Whether an adapter computes on the CPU: SwiftShader, llvmpipe and their like. */
export function isSoftware(info: GPUAdapterInfo, adapter?: object): boolean {
  type Fallback = { isFallbackAdapter?: boolean } | undefined;
  const fallback = [info, adapter].some((each) => (each as Fallback)?.isFallbackAdapter === true);
  const text = `${info.vendor} ${info.architecture} ${info.device} ${info.description}`.toLowerCase();
  return fallback || softwareNames.some((name) => text.includes(name));
}

/** The adapter's own words; Deno gives its vendor as a bare number, which says nothing. */
function describeAdapter({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  const words = [vendor, architecture, description || device].filter((word) => word && !/^\d+$/.test(word));
  return words.join(" ") || "an adapter without a name";
}

/** What WGSL has here beyond its first version; undefined where the runtime does not say. */
export function languageFeatures(): ReadonlySet<string> | undefined {
  return (navigatorGpu() ?? dawn)?.wgslLanguageFeatures;
}

function navigatorGpu(): GPU | undefined {
  return (globalThis as { navigator?: { gpu?: GPU } }).navigator?.gpu;
}

async function entryPoint(): Promise<GPU> {
  const gpu = navigatorGpu();
  if (gpu) return gpu;
  if ((globalThis as { isSecureContext?: boolean }).isSecureContext === false) {
    const origin = (globalThis as { location?: { origin?: string } }).location?.origin ?? "this page";
    throw unavailable(`${origin} is not a secure context, and browsers offer WebGPU only there; serve the page over` +
      " https or from localhost, or use device \"wasm\"");
  }
  if (!inNode()) {
    throw unavailable("this browser has no WebGPU (navigator.gpu is missing); update it, or use device \"wasm\"");
  }
  dawn ??= await importDawn();
  return dawn;
}

async function importDawn(): Promise<GPU> {
  const name = ["web", "gpu"].join("");   // in two parts: a bundler would look for the whole
  try {
    const { create } = await import(/* @vite-ignore */ name) as { create(options: string[]): GPU };
    return create([]);
  } catch (cause) {
    throw unavailable(`Node needs the optional package: npm install webgpu (${messageOf(cause)})`);
  }
}

function inNode(): boolean {
  const versions = (globalThis as { process?: { versions?: Record<string, string> } }).process?.versions;
  return versions?.node !== undefined && !("Deno" in globalThis);
}

function unavailable(reason: string): BregmanError {
  return new BregmanError("webgpu-unavailable", `webgpu is not available: ${reason}`);
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message.split("\n")[0]! : String(cause);
}
