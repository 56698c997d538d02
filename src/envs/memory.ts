import type { WasmInstance } from "../devices/wasm-instance.ts";

interface Arrays {
  f64: Float64Array<ArrayBuffer>;
  f32: Float32Array<ArrayBuffer>;
  i32: Int32Array<ArrayBuffer>;
  u8: Uint8Array<ArrayBuffer>;
}

export type ElementType = keyof Arrays;

const bytesOf = { f64: 8, f32: 4, i32: 4, u8: 1 } as const;
const alignment = 16;

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
export function allocateBlock<const Layout extends Record<string, ArrayLayout>>(
  instance: WasmInstance, layout: Layout,
): MemoryBlock<Layout> {
  const offsets = new Map<keyof Layout, number>();
  let byteLength = 0;
  for (const [name, [type, length]] of Object.entries(layout)) {
    offsets.set(name, byteLength);
    byteLength = Math.ceil((byteLength + bytesOf[type] * length) / alignment) * alignment;
  }
  const address = instance.allocate(byteLength);
  const views = new Map<keyof Layout, ArrayBufferView>();

  const addressOf = (name: keyof Layout) => address + offsets.get(name)!;
  const view = (name: keyof Layout) => {
    const known = views.get(name);
    // A view on memory that has grown since is empty; asking the memory for its buffer takes some 50 ns.
    if (known && known.byteLength > 0) return known;
    const [type, length, visible = length] = layout[name]!;
    const at = addressOf(name);
    const fresh = type === "f64" ? instance.float64(at, visible) : type === "f32" ? instance.float32(at, visible)
      : type === "i32" ? instance.int32(at, visible) : instance.uint8(at, visible);
    views.set(name, fresh);
    return fresh;
  };
  return {
    address, byteLength, addressOf,
    view: view as MemoryBlock<Layout>["view"],
    bytes: () => instance.uint8(address, byteLength),
  };
}
