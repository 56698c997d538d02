/** `cpu`: the adapter computes on the CPU. */
export type AdapterKind = "gpu" | "cpu";

/** What kernels are chosen by, beside their shapes: adapters of equal traits get the same texts. */
export interface AdapterTraits {
  readonly kind: AdapterKind;
  /** Workgroup memory that a kernel may take. */
  readonly workgroupBytes: number;
  /** Whether threads that run in step (a subgroup) may add up among themselves. */
  readonly subgroups: boolean;
}

/** A GPU with what every WebGPU has and no more. */
export const plainGpu: AdapterTraits = { kind: "gpu", workgroupBytes: 16384, subgroups: false };

/** Of a device as it was made; `wgsl`: what its runtime's WGSL has beyond the first version. */
export function traitsOf(
  { limits, features }: GPUDevice, kind: AdapterKind, wgsl: ReadonlySet<string> | undefined,
): AdapterTraits {
  return {
    kind, workgroupBytes: limits.maxComputeWorkgroupStorageSize,
    // Without its number a thread cannot tell which subgroup is its own.
    subgroups: features.has("subgroups") && wgsl?.has("subgroup_id") === true,
  };
}
