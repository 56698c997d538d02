/**
 * The wire format of protocol buffers, as far as TensorBoard's events and ONNX models need it. Each function returns
 * one field: its key, which is the number times 8 plus the wire type, and its content. A message is its fields joined.
 */

/** Wire type 0: an integer from 0 to below 2^53. */
export function integer(field: number, value: number): Uint8Array {
  return Uint8Array.of(...varint(field * 8), ...varint(value));
}

/** Wire type 1. */
export function double(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return joined([Uint8Array.from(varint(field * 8 + 1)), bytes]);
}

/** Wire type 5. */
export function float(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return joined([Uint8Array.from(varint(field * 8 + 5)), bytes]);
}

/** Wire type 2: an inner message, or bytes. */
export function message(field: number, content: Uint8Array): Uint8Array {
  return joined([Uint8Array.from([...varint(field * 8 + 2), ...varint(content.length)]), content]);
}

/** Wire type 2: UTF-8. */
export function text(field: number, value: string): Uint8Array {
  return message(field, new TextEncoder().encode(value));
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Base 128, low digits first; by division, because steps may pass 2^31. */
function varint(value: number): number[] {
  const digits: number[] = [];
  for (; value >= 128; value = Math.floor(value / 128)) digits.push((value % 128) | 0x80);
  digits.push(value);
  return digits;
}
