import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesUpToStep, crc32c, eventFileStart, scalarEvent, tfRecord } from "../../src/io/tensorboard.ts";

const ascii = (text: string) => new TextEncoder().encode(text);
const fromHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

function join(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** CRC-32C bit by bit, straight from the definition: the oracle of the table-driven one. */
function slowCrc(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

interface DecodedEvent {
  wallTime: number;
  step: number;
  version?: string;
  scalars: [string, number][];
}

/** Reads event files by the field numbers, in any order of fields: knows nothing of our encoder's layout. */
function decode(file: Uint8Array): DecodedEvent[] {
  const events: DecodedEvent[] = [];
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 0; at < file.length;) {
    const length = Number(view.getBigUint64(at, true));
    const unmask = (stored: number) => {
      const rotated = (stored - 0xa282ead8) >>> 0;
      return ((rotated >>> 17) | (rotated << 15)) >>> 0;
    };
    const payload = file.subarray(at + 12, at + 12 + length);
    expect(unmask(view.getUint32(at + 8, true))).toBe(slowCrc(file.subarray(at, at + 8)));
    expect(unmask(view.getUint32(at + 12 + length, true))).toBe(slowCrc(payload));
    at += 16 + length;
    const event: DecodedEvent = { wallTime: 0, step: 0, scalars: [] };
    for (const [field, value] of fields(payload)) {
      if (field === 1) event.wallTime = value as number;
      if (field === 2) event.step = value as number;
      if (field === 3) event.version = new TextDecoder().decode(value as Uint8Array);
      if (field !== 5) continue;
      for (const [, scalar] of fields(value as Uint8Array)) {
        const parts = new Map(fields(scalar as Uint8Array));
        event.scalars.push([new TextDecoder().decode(parts.get(1) as Uint8Array), parts.get(2) as number]);
      }
    }
    events.push(event);
  }
  return events;
}

function fields(bytes: Uint8Array): [number, number | Uint8Array][] {
  const found: [number, number | Uint8Array][] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]!;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(value);
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const field = key >> 3;
    if ((key & 7) === 0) found.push([field, varint()]);
    else if ((key & 7) === 1) found.push([field, view.getFloat64((at += 8) - 8, true)]);
    else if ((key & 7) === 5) found.push([field, view.getFloat32((at += 4) - 4, true)]);
    else {
      const length = varint();
      found.push([field, bytes.slice(at, (at += length))]);
    }
  }
  return found;
}

describe("crc32c", () => {
  it.each([
    // The check value of CRC-32C in the catalogue of parametrised CRC algorithms, and the vectors of RFC 3720, B.4.
    ["123456789 in ASCII", ascii("123456789"), 0xe3069283],
    ["32 bytes of zeros", new Uint8Array(32), 0x8a9136aa],
    ["32 bytes of ones", new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ["32 incrementing bytes", Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
    ["32 decrementing bytes", Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
    ["nothing", new Uint8Array(0), 0],
  ])("of %s is as published", (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });

  it("agrees with the bitwise definition", () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => {
      expect(crc32c(bytes)).toBe(slowCrc(bytes));
    }));
  });
});

describe("event files", () => {
  it("begin with the version record, byte for byte", () => {
    // 09 = field 1, 64 bits; 1a = field 3, length 0d, "brain.Event:2". Wall time 1.0 is 3ff0000000000000.
    const payload = fromHex("09000000000000f03f1a0d627261696e2e4576656e743a32");
    const start = eventFileStart(1);
    expect(start.subarray(12, -4)).toEqual(payload);
    expect(start).toEqual(tfRecord(payload));
    expect(start.subarray(0, 8)).toEqual(fromHex("1800000000000000"));
    // The frame of 24 bytes, as every event file with this version record carries it.
    expect(new DataView(start.buffer).getUint32(8, true)).toBe(maskBySpec(slowCrc(fromHex("1800000000000000"))));
  });

  it("hold a scalar in the bytes that the schema prescribes", () => {
    // step 300 = varint ac 02; summary of 0a bytes: value of 08 bytes: tag "r", simple_value 0.5 = 3f000000
    const payload = fromHex("090000000000000040" + "10ac02" + "2a0a" + "0a08" + "0a0172" + "150000003f");
    expect(scalarEvent(300, 2, [["r", 0.5]]).subarray(12, -4)).toEqual(payload);
  });

  it("are read back by an independent decoder", () => {
    const scalar = fc.tuple(fc.string(), fc.float({ noNaN: true, noDefaultInfinity: true }));
    const event = fc.tuple(fc.nat(2 ** 31 - 1).map((n) => n * 4097), fc.nat(2e9), fc.array(scalar, { maxLength: 4 }));
    fc.assert(fc.property(fc.array(event, { maxLength: 5 }), (events) => {
      const file = join(eventFileStart(7), ...events.map(([step, time, scalars]) => scalarEvent(step, time, scalars)));
      expect(decode(file)).toEqual([
        { wallTime: 7, step: 0, version: "brain.Event:2", scalars: [] },
        ...events.map(([step, wallTime, scalars]) => ({ step, wallTime, scalars })),
      ]);
    }));
  });

  it("leave out what is not finite", () => {
    const [event] = decode(scalarEvent(1, 1, [["a", NaN], ["b", 2], ["c", Infinity]]));
    expect(event!.scalars).toEqual([["b", 2]]);
  });

  it("are cut back to a step, wherever the file was broken off", () => {
    const start = eventFileStart(0);
    const records = [200, 2 ** 33, 2 ** 33 + 1].map((step) => scalarEvent(step, 0, [["r", step]]));
    const file = join(start, ...records);
    const lengths = [start, ...records].map((_, i, all) => join(...all.slice(0, i + 1)).length);
    expect(bytesUpToStep(file, 0)).toBe(lengths[0]);
    expect(bytesUpToStep(file, 200)).toBe(lengths[1]);
    expect(bytesUpToStep(file, 2 ** 33)).toBe(lengths[2]);
    expect(bytesUpToStep(file, Infinity)).toBe(file.length);
    for (let length = 0; length < file.length; length++) {
      const whole = lengths.filter((end) => end <= length).at(-1) ?? 0;
      expect(bytesUpToStep(file.subarray(0, length), Infinity)).toBe(whole);
    }
    file[lengths[1]! + 14]! ^= 1;
    expect(bytesUpToStep(file, Infinity)).toBe(lengths[1]);
  });
});

function maskBySpec(crc: number): number {
  return (((crc >>> 15) | ((crc << 17) >>> 0)) + 0xa282ead8) % 2 ** 32;
}
