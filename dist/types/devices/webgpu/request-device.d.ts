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
/** A GPUDevice with the adapter's own limits on buffer sizes. Throws `webgpu-unavailable`. */
export declare function requestDevice(found?: AdapterReport): Promise<DeviceReport>;
/** The caller's own GPUDevice, with its default limits. */
export declare function adoptDevice(gpu: GPUDevice): DeviceReport;
/** Whether an adapter computes on the CPU: SwiftShader, llvmpipe and their like. */
export declare function isSoftware(info: GPUAdapterInfo, adapter?: object): boolean;
