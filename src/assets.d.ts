/** Files that the bundler inlines: WASM as a function that gives its bytes, WGSL as text. */
declare module "*.wasm" {
  const bytes: () => Uint8Array<ArrayBuffer>;
  export default bytes;
}
declare module "*.wgsl" {
  const text: string;
  export default text;
}
