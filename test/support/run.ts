// Evaluates tensors on the wasm device (float32): the twin of the interpreter's `evaluate`.
import { createWasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { compile } from "../../src/program/compile.ts";
import type { Tensor } from "../../src/tensor/index.ts";
import type { InputValues } from "./interpreter.ts";

/** The outputs' values; inputs that the program does not need may be among `inputs`. */
export async function run(outputs: readonly Tensor[], inputs: InputValues): Promise<Float64Array[]> {
  const device = await createWasmDevice();
  const program = await device.load(
    compile({ outputs: Object.fromEntries(outputs.map((tensor, i) => [String(i), tensor])) }),
  );
  for (const name of program.program.inputs.keys()) {
    const buffer = program.buffer(name);
    const values = inputs[name];
    if (!values) throw new Error(`run: no values for input "${name}"`);
    device.write(buffer, buffer.dtype === "f32" ? Float32Array.from(values) : Int32Array.from(values));
  }
  program.run();
  const results = await Promise.all(outputs.map((_, i) => device.read(program.buffer(String(i)))));
  device.dispose();
  return results.map((each) => Float64Array.from(each));
}
