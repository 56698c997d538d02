import type { WasmInstance } from "../devices/wasm-instance.js";
interface Arrays {
    f64: Float64Array<ArrayBuffer>;
    f32: Float32Array<ArrayBuffer>;
    i32: Int32Array<ArrayBuffer>;
    u8: Uint8Array<ArrayBuffer>;
}
export type ElementType = keyof Arrays;
/** Element type, length, and, where it is less, how many elements the view shows. */
type ArrayLayout = readonly [type: ElementType, length: number, visible?: number];
/** Named arrays that lie in one block of an instance's memory, so that the block can be saved and restored as bytes. */
export interface MemoryBlock<Layout extends Record<string, ArrayLayout>> {
    readonly address: number;
    readonly byteLength: number;
    addressOf(name: keyof Layout): number;
    /** The array, seen afresh where the memory has grown since. */
    view<Name extends keyof Layout>(name: Name): Arrays[Layout[Name][0]];
    bytes(): Uint8Array<ArrayBuffer>;
}
/**
 * Allocates a block with the arrays of `layout`, `name: [element type, length, visible length]`, each aligned to 16
 * bytes.
 */
export declare function allocateBlock<const Layout extends Record<string, ArrayLayout>>(instance: WasmInstance, layout: Layout): MemoryBlock<Layout>;
export {};
