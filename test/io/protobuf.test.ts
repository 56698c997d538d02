import { expect, it } from "vitest";
import { double, float, integer, joined, message, text } from "../../src/io/protobuf.ts";

it("writes fields as the wire format has them", () => {
  const cases: [Uint8Array, number[]][] = [
    [integer(1, 150), [0x08, 0x96, 0x01]],
    [integer(20, 0), [0xa0, 0x01, 0x00]],   // a key of two bytes
    [integer(1, 2 ** 52), [0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x08]],
    [text(2, "testing"), [0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]],
    [text(2, "é"), [0x12, 0x02, 0xc3, 0xa9]],
    [message(3, integer(1, 150)), [0x1a, 0x03, 0x08, 0x96, 0x01]],
    [message(1, joined([])), [0x0a, 0x00]],
    [float(2, -2), [0x15, 0x00, 0x00, 0x00, 0xc0]],
    [double(1, 1), [0x09, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f]],
  ];
  for (const [bytes, expected] of cases) expect(Array.from(bytes)).toEqual(expected);
});
