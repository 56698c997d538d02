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
/** The fastest adapter of this runtime. Throws `webgpu-unavailable` that says why there is none. */
export declare function findAdapter(): Promise<AdapterReport>;
/** A GPUDevice with what the adapter has of that. Throws `webgpu-unavailable`. */
export declare function requestDevice(found?: AdapterReport): Promise<DeviceReport>;
/** The caller's own GPUDevice, with the limits and features that it was made with. */
export declare function adoptDevice(gpu: GPUDevice): DeviceReport;
/** Whether an adapter computes on the CPU: SwiftShader, llvmpipe and their like. */
export declare function isSoftware(info: GPUAdapterInfo, adapter?: object): boolean;
/** What WGSL has here beyond its first version; undefined where the runtime does not say. */
export declare function languageFeatures(): ReadonlySet<string> | undefined;
