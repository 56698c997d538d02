import { BregmanError } from "../error.ts";

const magic = 0x45564742; // "BGVE", little-endian
const version = 1;

/**
 * Bytes that name their owner: magic, version, length of the name, the name in ASCII, then the sections with their
 * lengths.
 */
export function packState(owner: string, sections: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const name = Uint8Array.from(owner, (character) => character.charCodeAt(0) & 127);
  const bytes = new Uint8Array(16 + name.length + sections.reduce((sum, section) => sum + 4 + section.length, 0));
  const view = new DataView(bytes.buffer);
  [magic, version, name.length, sections.length].forEach((value, i) => view.setUint32(4 * i, value, true));
  bytes.set(name, 16);
  let at = 16 + name.length;
  for (const section of sections) {
    view.setUint32(at, section.length, true);
    bytes.set(section, at + 4);
    at += 4 + section.length;
  }
  return bytes;
}

/**
 * The sections `packState` was given. Throws `checkpoint-corrupt`, or `checkpoint-mismatch` when `owner` is another.
 */
export function unpackState(owner: string, bytes: Uint8Array): Uint8Array[] {
  const corrupt = () => new BregmanError("checkpoint-corrupt",
    `environment state of ${owner}: the bytes are truncated or not a saved state`);
  if (!(bytes instanceof Uint8Array) || bytes.length < 16) throw corrupt();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const nameLength = view.getUint32(8, true);
  const known = view.getUint32(0, true) === magic && view.getUint32(4, true) === version;
  if (!known || 16 + nameLength > bytes.length) throw corrupt();
  const name = String.fromCharCode(...bytes.subarray(16, 16 + nameLength));
  const expected = String.fromCharCode(...Uint8Array.from(owner, (character) => character.charCodeAt(0) & 127));
  if (name !== expected) {
    throw new BregmanError("checkpoint-mismatch", `environment state: expected one of ${owner}, got one of ${name}`);
  }
  const sections: Uint8Array[] = [];
  let at = 16 + nameLength;
  for (let i = view.getUint32(12, true); i > 0; i--) {
    if (at + 4 > bytes.length) throw corrupt();
    const length = view.getUint32(at, true);
    if (at + 4 + length > bytes.length) throw corrupt();
    sections.push(bytes.slice(at + 4, at + 4 + length));
    at += 4 + length;
  }
  if (at !== bytes.length) throw corrupt();
  return sections;
}
