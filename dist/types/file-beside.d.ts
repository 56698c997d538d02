/** What a file of dist/ holds that is loaded when it is needed. Throws `missing-dependency`, or another code. */
export declare function fileBeside<Module>(file: string, purpose: string, loading: Promise<Module>, code?: "missing-dependency" | "webgpu-unavailable"): Promise<Module>;
