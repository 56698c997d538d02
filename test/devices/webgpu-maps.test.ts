import { expect, it } from "vitest";
import { Arithmetic, cos, exp, log, sin, tanh, uniform } from "../../src/program/elementary.ts";
import { buildMap, buildProgram, expandView } from "../support/hand-made-program.ts";
import { both, close, wave } from "../support/compare-programs.ts";
import { describeOnGpu, gpuKernels, sharedDevice } from "../support/webgpu.ts";

describeOnGpu("maps on webgpu", () => {
  it("computes every float operation", async () => {
    const p = buildProgram();
    const [x, z] = [p.input("x", [70]), p.input("z", [70])];
    const map = buildMap([70]);
    const [a, b] = [map.load(x), map.load(z)];
    const half = map.emit("constant", [], "f32", 0.5);
    const results: Record<string, number> = {};
    for (const op of ["add", "sub", "mul", "div", "min", "max"] as const) results[op] = map.emit(op, [a, b], "f32");
    for (const op of ["neg", "abs", "floor", "round"] as const) results[op] = map.emit(op, [a], "f32");
    results["sqrt"] = map.emit("sqrt", [results["abs"]!], "f32");
    const less = map.emit("lt", [a, b], "bool");
    const lessEqual = map.emit("le", [a, half], "bool");
    const equal = map.emit("eq", [results["floor"]!, results["round"]!], "bool");
    results["and"] = map.emit("mask-to-f32", [map.emit("and", [less, lessEqual], "bool")], "f32");
    results["or"] = map.emit("mask-to-f32", [map.emit("or", [less, equal], "bool")], "f32");
    results["not"] = map.emit("mask-to-f32", [map.emit("not", [less], "bool")], "f32");
    results["select"] = map.emit("select", [equal, a, b], "f32");
    for (const [name, value] of Object.entries(results)) map.store(value, p.output(name, [70]));
    p.add(map.build());
    const program = p.build();
    const halves = Array.from({ length: 70 }, (_, i) => (i - 35) / 2);
    const { gpu, reference } = await both(program, { x: halves, z: wave(70, 9).map((value) => value || 1) });
    for (const name of Object.keys(results)) {
      close(gpu[name]!, reference[name]!, name === "div" || name === "sqrt" ? 3e-7 : 1e-7);
    }
    for (const name of ["min", "max", "floor", "round", "and", "or", "not"]) close(gpu[name]!, reference[name]!, 0);
  });

  it("computes every integer operation, wrapping around", async () => {
    const p = buildProgram();
    const [x, z] = [p.input("x", [66], "i32"), p.input("z", [66], "i32")];
    const map = buildMap([66]);
    const [a, b] = [map.load(x), map.load(z)];
    const results: Record<string, number> = {};
    const binary = ["add", "sub", "mul", "min", "max", "bit-and", "bit-or", "bit-xor"] as const;
    for (const op of binary) results[op] = map.emit(op, [a, b], "i32");
    for (const op of ["neg", "abs"] as const) results[op] = map.emit(op, [a], "i32");
    for (const op of ["shift-left", "shift-right", "shift-right-unsigned"] as const) {
      results[op] = map.emit(op, [a], "i32", 9);
    }
    results["index"] = map.emit("index", [], "i32", 0);
    results["mask"] = map.emit("mask-to-i32", [map.emit("lt", [a, b], "bool")], "i32");
    const shifted = map.emit("to-f32", [map.emit("shift-right", [a], "i32", 9)], "f32");
    const small = map.emit("div", [shifted, map.emit("constant", [], "f32", 64)], "f32");
    results["truncated"] = map.emit("to-i32", [small], "i32");
    results["rounded"] = map.emit("round-to-i32", [small], "i32");
    results["lowest"] = map.emit("constant", [], "i32", -2147483648);
    results["bits"] = map.emit("bitcast-i32", [small], "i32");
    for (const [name, value] of Object.entries(results)) map.store(value, p.output(name, [66], "i32"));
    const map2 = buildMap([66]);
    map2.store(map2.emit("bitcast-f32", [map2.load(p.input("w", [66], "i32"))], "f32"), p.output("float", [66]));
    p.add(map.build());
    p.add(map2.build());
    const mixed = (seed: number): number[] => Array.from({ length: 66 }, (_, i) => Math.imul(i + seed, 0x9e3779b1) | 0);
    const w = Array.from(new Int32Array(Float32Array.from(wave(66)).buffer));
    const { gpu, reference } = await both(p.build(), { x: mixed(3), z: mixed(77), w });
    for (const name of [...Object.keys(results), "float"]) expect(gpu[name], name).toEqual(reference[name]);
  });

  it("shares the polynomials of exp, log, tanh, sin and cos, with infinities", async () => {
    const p = buildProgram();
    const x = p.input("x", [128]);
    const map = buildMap([128]);
    const a = new Arithmetic(map);
    const value = map.load(x);
    const results = {
      exp: exp(a, value), log: log(a, value), tanh: tanh(a, value), sin: sin(a, value), cos: cos(a, value),
      uniform: uniform(a, map.emit("bitcast-i32", [value], "i32")),
    };
    for (const [name, result] of Object.entries(results)) map.store(result, p.output(name, [128]));
    p.add(map.build());
    const points = [...wave(120, 30), 0, -0, 88, -90, 100, Infinity, -Infinity, 1e-30].map(Math.fround);
    const { gpu } = await both(p.build(), { x: points });
    const tanhOf = (v: number): number => Math.tanh(v);
    const compare = (name: string, f: (v: number) => number, tolerance: number): void =>
      close(gpu[name]!.slice(0, 124), points.slice(0, 124).map(f), tolerance);
    compare("exp", Math.exp, 3e-7);
    compare("tanh", tanhOf, 3e-7);
    compare("sin", Math.sin, 3e-7);
    compare("cos", Math.cos, 3e-7);
    const positive = points.map((v, i) => ({ v, i })).filter(({ v }) => v > 0);
    close(positive.map(({ i }) => gpu["log"]![i]!), positive.map(({ v }) => Math.log(v)), 3e-7);
    expect(gpu["exp"]!.slice(124)).toEqual([Infinity, Infinity, 0, 1]);
    expect([120, 121, 125].map((i) => gpu["log"]![i])).toEqual([-Infinity, -Infinity, Infinity]);
    expect(gpu["log"]![0]! > 0 || points[0]! > 0).toBe(true);
    expect(gpu["uniform"]!.every((v) => v > 0 && v < 1)).toBe(true);
  });

  it("keeps masks as 0 and -1, reads strided and repeated views, writes strided ones", async () => {
    const p = buildProgram();
    const x = p.input("x", [6, 8]);
    const row = p.input("row", [4]);
    const column = p.input("column", [3, 1]);
    const mask = p.temporary([3, 4], "i32");
    const transposedSlice = { ...x, offset: 9, shape: [3, 4], strides: [2, 8] };   // x[1:5, 1:7:2] transposed
    const test = buildMap([3, 4]);
    test.store(test.emit("lt", [test.load(transposedSlice), test.load(row)], "bool"), mask);
    p.add(test.build());
    const use = buildMap([3, 4]);
    const y = p.output("y", [3, 2, 4]);
    const chosen = use.emit("select", [use.load(mask, "bool"), use.load(column), use.load(row)], "f32");
    use.store(chosen, { ...y, offset: 4, shape: [3, 4], strides: [8, 1] });
    p.add(use.build());
    const copy = buildMap([3, 4]);
    copy.store(copy.load(mask), p.output("mask", [3, 4], "i32"));
    p.add(copy.build());
    const { gpu, reference } = await both(p.build(), { x: wave(48), row: wave(4), column: [10, 20, 30] });
    expect(gpu["mask"]).toEqual(reference["mask"]);
    expect(new Set(gpu["mask"])).toEqual(new Set([0, -1]));
    expect(gpu["y"]).toEqual(reference["y"]!.map(Math.fround));
  });

  it("updates in place, after its reductions have read", async () => {
    const p = buildProgram();
    const x = p.input("x", [40, 5]);
    const map = buildMap([40, 5]);
    const doubled = map.emit("mul", [map.load(x), map.emit("constant", [], "f32", 2)], "f32");
    map.store(doubled, x);
    map.reduce("sum", doubled, 0, 1, p.output("columns", [5]));
    map.reduce("max", doubled, 1, 2, p.output("rows", [40]));
    map.reduce("sum", doubled, 0, 2, p.output("total", []));
    p.add(map.build());
    const { gpu, reference } = await both(p.build(), { x: wave(200) });
    for (const name of ["x", "columns", "rows", "total"]) close(gpu[name]!, reference[name]!, 2e-6);
  });

  it.each([
    ["short rows", [10, 7], 1, 2], ["long rows", [3, 70], 1, 2], ["very long rows", [2, 1500], 1, 2],
    ["few columns", [300, 3], 0, 1], ["many columns", [90, 37], 0, 1], ["short columns", [9, 80], 0, 1],
    ["two trailing axes", [4, 6, 11], 1, 3], ["two leading axes", [8, 9, 5], 0, 2], ["everything", [4, 5, 40], 0, 3],
  ] as const)("reduces %s", async (_, domain, from, to) => {
    const p = buildProgram();
    const size = domain.reduce((product: number, length) => product * length, 1);
    const map = buildMap(domain);
    const value = map.load(p.input("x", domain));
    const kept = domain.filter((_length, axis) => axis < from || axis >= to);
    const squared = map.emit("mul", [value, value], "f32");
    map.reduce("sum", value, from, to, p.output("sum", kept));
    map.reduce("sum", squared, from, to, p.output("squares", kept));
    map.reduce("max", value, from, to, p.output("max", kept));
    map.reduce("min", value, from, to, p.output("min", kept));
    p.add(map.build());
    const { gpu, reference } = await both(p.build(), { x: wave(size) });
    for (const name of ["sum", "squares"]) close(gpu[name]!, reference[name]!, 1e-8 * size);
    for (const name of ["max", "min"]) expect(gpu[name]).toEqual(reference[name]!.map(Math.fround));
  });

  it.each([
    ["columns", [2500, 4], 0, 1, 1, "in 3 parts", 2], ["columns of two axes", [40, 30, 18], 0, 2, 3, "in 5 parts", 1],
    ["a whole vector", [16500], 0, 1, 0, "in 5 parts", 1], ["few rows", [2, 8500], 1, 2, 1, "in 3 parts", 0],
  ] as const)("on a GPU reduces %s in parts, stores included", async (_, domain, from, to, others, label, most) => {
    const p = buildProgram();
    const size = domain.reduce((product: number, length) => product * length, 1);
    const map = buildMap(domain);
    const x = p.input("x", domain);
    const value = map.load(x);
    const kept = domain.filter((_length, axis) => axis < from || axis >= to);
    map.store(map.emit("neg", [value], "f32"), x);
    map.reduce("sum", value, from, to, p.output("sum", kept));
    map.reduce("max", value, from, to, p.output("max", kept));
    if (others > 0) map.reduce("sum", value, 0, domain.length, p.output("total", []));
    p.add(map.build());
    const program = p.build();
    const device = await gpuKernels();
    const loaded = await device.load(program);
    expect(loaded.describe()).toContain(label);
    loaded.dispose();
    const { gpu, reference } = await both(program, { x: wave(size) }, device);
    close(gpu["sum"]!, reference["sum"]!, 1e-8 * size + 1e-5 * most);
    expect(gpu["max"]).toEqual(reference["max"]!.map(Math.fround));
    close(gpu["x"]!, reference["x"]!, 0);
    if (others > 0) close(gpu["total"]!, reference["total"]!, 1e-8 * size);
  });

  it("splits many reductions and writes their results through strides", async () => {
    const p = buildProgram();
    const map = buildMap([30, 4]);
    const value = map.load(p.input("x", [30, 4]));
    const y = p.output("y", [4, 12]);
    for (let r = 0; r < 12; r++) {
      const scaled = map.emit("mul", [value, map.emit("constant", [], "f32", r)], "f32");
      map.reduce("sum", scaled, 0, 1, { ...y, offset: r, shape: [4], strides: [12] });
    }
    p.add(map.build());
    const { gpu, reference } = await both(p.build(), { x: wave(120) });
    close(gpu["y"]!, reference["y"]!, 3e-6);
  });

  it("folds more than 65535 workgroups into two dimensions", async () => {
    const size = 65536 * 64 + 5;
    const p = buildProgram();
    const map = buildMap([size]);
    const repeated = map.load(expandView(p.input("x", [], "i32"), [size]));
    map.store(map.emit("add", [map.emit("index", [], "i32", 0), repeated], "i32"), p.output("y", [size], "i32"));
    p.add(map.build());
    const device = await sharedDevice();
    const loaded = await device.load(p.build());
    device.write(loaded.buffer("x"), new Int32Array([7]));
    loaded.run();
    const y = await device.read(loaded.buffer("y"));
    expect([y[0], y[65535], y[size - 1]]).toEqual([7, 65542, size + 6]);
    loaded.dispose();
  });
});
