/** The layout of a kernel over `pages` pages. */
export declare function bindingsLayout(gpu: GPUDevice, pages: number): GPUBindGroupLayout;
/** The pipeline of a text, compiled at most once a GPUDevice; `onCompile` is called when it is new. */
export declare function pipelineFor(gpu: GPUDevice, label: string, text: string, pages: number, onCompile: () => void): Promise<GPUComputePipeline>;
