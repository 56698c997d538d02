/**
 * TensorBoard event files: TFRecord frames around Event protocol buffers with scalar summaries, encoded by hand.
 *
 *     frame: u64 length | u32 masked CRC-32C of the length | payload | u32 masked CRC-32C of the payload
 *     Event: wall_time = 1 (double), step = 2 (int64), file_version = 3 (string), summary = 5 (Summary)
 *     Summary: value = 1 (repeated Value);   Value: tag = 1 (string), simple_value = 2 (float)
 *
 * All encoders return bytes to be appended to a file; a file is `eventFileStart` and then any number of `scalarEvent`s.
 */
import { double, float, integer, joined, message, text } from "./protobuf.ts";

/** The CRC-32C (Castagnoli, reflected polynomial 0x82f63b78) of `bytes`, as an unsigned 32-bit number. */
export function crc32c(bytes: Uint8Array): number {
  const table = (crcTable ??= makeCrcTable());
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) crc = table[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

let crcTable: Int32Array | undefined;

function makeCrcTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0x82f63b78 : byte >>> 1;
    return byte;
  });
}

/** TFRecord's mask: a checksum stored beside its own data would else disturb checksums over both. */
function maskedCrc(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** Frames one payload as a TFRecord. */
export function tfRecord(payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(16 + payload.length);
  const view = new DataView(frame.buffer);
  view.setBigUint64(0, BigInt(payload.length), true);
  view.setUint32(8, maskedCrc(frame.subarray(0, 8)), true);
  frame.set(payload, 12);
  view.setUint32(12 + payload.length, maskedCrc(payload), true);
  return frame;
}

/** The record that every event file begins with. `wallTime` is in seconds since 1970. */
export function eventFileStart(wallTime: number): Uint8Array {
  return tfRecord(joined([double(1, wallTime), text(3, "brain.Event:2")]));
}

/**
 * One record with named scalars at an environment step; values that are not finite are left out.
 * `wallTime` is in seconds since 1970, `step` a non-negative integer below 2^53.
 */
export function scalarEvent(step: number, wallTime: number, scalars: Iterable<readonly [string, number]>): Uint8Array {
  const values = [...scalars].filter(([, value]) => Number.isFinite(value))
    .map(([tag, value]) => message(1, joined([text(1, tag), float(2, value)])));
  return tfRecord(joined([double(1, wallTime), integer(2, step), message(5, joined(values))]));
}

/**
 * How many of a file's bytes to keep so that nothing after environment step `step` remains: the whole records from the
 * start, up to the first one that is later, broken or cut off. A resumed run truncates its file to this.
 */
export function bytesUpToStep(file: Uint8Array, step: number): number {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = 0;
  while (at + 16 <= file.length) {
    const length = view.getUint32(at, true);
    const end = at + 16 + length;
    if (view.getUint32(at + 4, true) !== 0 || end > file.length) break;
    if (view.getUint32(at + 8, true) !== maskedCrc(file.subarray(at, at + 8))) break;
    const payload = file.subarray(at + 12, end - 4);
    if (view.getUint32(end - 4, true) !== maskedCrc(payload) || eventStep(payload) > step) break;
    at = end;
  }
  return at;
}

/** The step of an Event as our encoders lay it out: after the 9 bytes of wall_time; 0 where there is none. */
function eventStep(payload: Uint8Array): number {
  if (payload[9] !== 0x10) return 0;
  let step = 0;
  for (let i = 10, scale = 1; i < payload.length; i++, scale *= 128) {
    step += (payload[i]! & 0x7f) * scale;
    if (payload[i]! < 0x80) break;
  }
  return step;
}
