/**
 * Bytes from the text that the build makes of a WASM module (`textFromBytes` in build.mjs). The bundler puts a call of
 * this function wherever a `.wasm` file is imported. The text is printable ASCII: no host and no charset can harm it.
 *
 * The text is written in the 93 characters from space to `~` without `"` and `\`. First 64 hexadecimal digits: bit b
 * tells whether byte value b has a character of its own. The 91 values that have one take the characters from the third
 * on, in ascending order; each of the others is a pair that starts with one of the first two characters. One character
 * for one byte keeps what gzip looks for, repeated sequences and uneven frequencies; base64 hides both.
 */
export function bytesFromText(text: string, length: number): Uint8Array<ArrayBuffer> {
  const single: number[] = [];
  const paired: number[] = [];
  for (let value = 0; value < 256; value++) {
    const nibble = parseInt(text[value >> 2]!, 16);
    (nibble >> (value & 3) & 1 ? single : paired).push(value);
  }
  const digit = (at: number): number => {
    const code = text.charCodeAt(at);
    return code - 32 - (code > 34 ? 1 : 0) - (code > 92 ? 1 : 0);
  };
  const bytes = new Uint8Array(length);
  for (let at = 64, n = 0; n < length; n++) {
    const first = digit(at++);
    bytes[n] = first > 1 ? single[first - 2]! : paired[first * 93 + digit(at++)]!;
  }
  return bytes;
}
