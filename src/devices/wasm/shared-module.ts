// The main module is compiled with a memory of its own. Threads need one that several instances share, so its bytes are
// changed when threads are asked for: the memory section goes, an import of a shared `env.memory` takes its place. No
// second .wasm has to be shipped.

/** Pages of the largest memory: 4 GB. What an import says must be no less than what the memory was made with. */
export const largestPages = 65536;

/** `env.memory` of at least `pages` (< 128) pages as one import: its names, that it is a memory, its limits. */
export function memoryImport(isShared: boolean, pages = 0): number[] {
  const limits = isShared ? [0x03, pages, 0x80, 0x80, 0x04] : [0x00, pages];
  return [3, ...ascii("env"), 6, ...ascii("memory"), 0x02, ...limits];
}

const importSection = 2;
const memorySection = 5;

/** The module's bytes with its memory imported and shared. It has no imports of its own and begins with one page. */
export function withSharedMemory(module: Uint8Array): Uint8Array<ArrayBuffer> {
  const content = [1, ...memoryImport(true, 1)];
  const imports = Uint8Array.of(importSection, content.length, ...content);
  const parts: Uint8Array[] = [module.subarray(0, 8)];
  let isImported = false;
  for (const { id, bytes } of sections(module)) {
    if (id > importSection && !isImported) {
      parts.push(imports);
      isImported = true;
    }
    if (id !== memorySection) parts.push(bytes);
  }
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

/** The sections of a module, each with its id and all its bytes. */
function* sections(module: Uint8Array): Generator<{ id: number; bytes: Uint8Array }> {
  for (let at = 8; at < module.length;) {
    const begin = at++;
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++]!;
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    at += length;
    yield { id: module[begin]!, bytes: module.subarray(begin, at) };
  }
}

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}
