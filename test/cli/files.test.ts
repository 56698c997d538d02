import * as nodeFs from "node:fs";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFolder, type FileSystem, openAppended, readFile, replaceFile } from "../../src/cli/files.ts";
import { createRunFolder, openRunFolder, readCheckpoint, readCurve } from "../../src/cli/run-folder.ts";
import { bytesUpToStep } from "../../src/io/tensorboard.ts";

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), "bregman-files-")); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const text = (path: string) => readFileSync(join(folder, path), "utf8");
const ioFailure = expect.objectContaining({ code: "io-failure" }) as Error;
const bytes = (content: string) => new TextEncoder().encode(content);

/** A file system whose n-th call fails, and if it is a write, after half of its bytes. */
function failingAt(n: number): { fs: FileSystem; calls: () => number } {
  let calls = 0;
  const wrap = (name: keyof FileSystem) => (...args: unknown[]) => {
    if (++calls === n) {
      if (name === "writeFileSync") nodeFs.writeSync(args[0] as number, "ha");
      throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    }
    return (nodeFs[name] as (...all: unknown[]) => unknown)(...args);
  };
  const names = ["openSync", "writeFileSync", "fsyncSync", "closeSync", "renameSync", "rmSync", "mkdirSync"] as const;
  const fs = Object.fromEntries(names.map((name) => [name, wrap(name)])) as unknown as FileSystem;
  return { fs, calls: () => calls };
}

describe("replaceFile", () => {
  it("leaves the old content or the new one, whichever call fails, and no other file", () => {
    const { fs, calls } = failingAt(0);
    replaceFile(join(folder, "a"), "old", fs);
    expect(calls()).toBeGreaterThanOrEqual(5);
    for (let n = 1; n <= calls(); n++) {
      replaceFile(join(folder, "a"), "old");
      let failed = false;
      try {
        replaceFile(join(folder, "a"), "new", failingAt(n).fs);
      } catch (error) {
        expect(error).toMatchObject({ code: "io-failure" });
        expect((error as Error).message).toMatch(/cannot write .*ENOSPC/);
        failed = true;
      }
      expect(text("a"), `call ${n}`).toBe(failed ? "old" : "new");
      expect(readdirSync(folder)).toEqual(["a"]);
    }
  });
});

describe("createFolder", () => {
  it("appears with all its files or not at all, whichever call fails", () => {
    const { fs, calls } = failingAt(0);
    const files = { a: bytes("1"), b: bytes("2") };
    createFolder(join(folder, "first/run"), files, fs);
    for (let n = 1; n <= calls(); n++) {
      const path = join(folder, `try-${n}`, "run");
      try {
        createFolder(path, files, failingAt(n).fs);
      } catch {
        expect(existsSync(path), `call ${n}`).toBe(false);
        continue;
      }
      expect(readdirSync(path)).toEqual(["a", "b"]);
    }
  });

  it("does not replace a folder that has something in it", () => {
    createFolder(join(folder, "run"), { a: bytes("1") });
    expect(() => createFolder(join(folder, "run"), { b: bytes("2") })).toThrow(ioFailure);
    expect(readdirSync(folder)).toEqual(["run"]);
    expect(readdirSync(join(folder, "run"))).toEqual(["a"]);
  });
});

describe("readFile and openAppended", () => {
  it("name the file that is missing", () => {
    expect(() => readFile(join(folder, "none"))).toThrow(expect.objectContaining({ code: "not-found" }));
    expect(() => readFile(folder)).toThrow(ioFailure);
    expect(() => openAppended(join(folder, "no/such"), 0)).toThrow(ioFailure);
  });

  it("cut a file back and go on", () => {
    writeFileSync(join(folder, "log"), "kept, dropped");
    const file = openAppended(join(folder, "log"), 5);
    file.append(" and");
    file.append(bytes(" more"));
    expect(text("log")).toBe("kept,");
    file.flush(true);
    expect(text("log")).toBe("kept, and more");
    file.append("!");
    file.close();
    expect(text("log")).toBe("kept, and more!");
  });
});

describe("the folder of a run", () => {
  const record = (step: number) => ({
    step, episodes: 2, meanReturn: step / 10, meanLength: 5, stepsPerSecond: 7, losses: { policy: 1 },
    seconds: step / 100,
  });
  const summary = { env: "E", algorithm: "mdpo", device: "wasm", deviceReason: "", seed: 0, steps: 0 };

  it("appears with its first checkpoint, and keeps records and checkpoint together", () => {
    const path = join(folder, "runs/first");
    const { folder: run, movedTo } = createRunFolder(path, bytes("checkpoint 0"));
    expect(movedTo).toBeUndefined();
    expect(readCheckpoint(path)).toEqual(Buffer.from("checkpoint 0"));
    run.append(record(100));
    run.append({ ...record(200), meanReturn: NaN });
    run.save(bytes("checkpoint 200"), bytes("policy"), summary);
    run.close();
    expect(readdirSync(path).sort()).toEqual(
      ["checkpoint.safetensors", "curve.svg", "events.out.tfevents.bregman", "metrics.jsonl", "policy.safetensors"]);
    expect(text("runs/first/metrics.jsonl").trimEnd().split("\n").map((line) => JSON.parse(line) as unknown))
      .toEqual([record(100), { ...record(200), meanReturn: null }]);
    expect(readCurve(path)).toEqual([{ step: 100, value: 10 }, { step: 200, value: NaN }]);
  });

  it("drops the records after the checkpoint when the run is resumed, and a line that was cut off", () => {
    const path = join(folder, "run");
    const { folder: run } = createRunFolder(path, bytes("c"));
    for (const step of [100, 200, 300]) run.append(record(step));
    run.close();
    const events = readFile(join(path, "events.out.tfevents.bregman"));
    nodeFs.appendFileSync(join(path, "metrics.jsonl"), '{"step":400,"epis');
    nodeFs.appendFileSync(join(path, "events.out.tfevents.bregman"), "\u0018\0\0");
    writeFileSync(join(path, ".checkpoint.safetensors.999.unfinished"), "half");
    const again = openRunFolder(path, 200);
    expect(again.last).toEqual(record(200));
    again.append(record(250));
    again.close();
    expect(readCurve(path).map(({ step }) => step)).toEqual([100, 200, 250]);
    const kept = readFile(join(path, "events.out.tfevents.bregman"));
    expect(bytesUpToStep(kept, 200)).toBe(bytesUpToStep(events, 200));
    expect(bytesUpToStep(kept, Infinity)).toBe(kept.length);
    expect(readdirSync(path)).not.toContain(".checkpoint.safetensors.999.unfinished");
  });

  it("survives missing or foreign records", () => {
    const path = join(folder, "run");
    createRunFolder(path, bytes("c")).folder.close();
    rmSync(join(path, "events.out.tfevents.bregman"));
    writeFileSync(join(path, "metrics.jsonl"), "null\n{}\n");
    const run = openRunFolder(path, 1000);
    expect(run.last).toBeUndefined();
    run.append(record(1100));
    run.close();
    expect(readCurve(path)).toHaveLength(1);
  });

  it("moves an earlier run aside, and does not touch a folder that is no run", () => {
    const path = join(folder, "run");
    createRunFolder(path, bytes("one")).folder.close();
    expect(createRunFolder(path, bytes("two")).movedTo).toBe(`${path}.1`);
    expect(createRunFolder(path, bytes("three")).movedTo).toBe(`${path}.2`);
    const checkpoints = ["run", "run.1", "run.2"].map((name) => text(`${name}/checkpoint.safetensors`));
    expect(checkpoints).toEqual(["three", "one", "two"]);
    mkdirSync(join(folder, "empty"));
    createRunFolder(join(folder, "empty"), bytes("c")).folder.close();
    mkdirSync(join(folder, "mine"));
    writeFileSync(join(folder, "mine/thesis.txt"), "dear");
    writeFileSync(join(folder, "file"), "dear");
    for (const name of ["mine", "file"]) {
      expect(() => createRunFolder(join(folder, name), bytes("c"))).toThrow(ioFailure);
    }
    expect(readdirSync(folder).sort()).toEqual(["empty", "file", "mine", "run", "run.1", "run.2"]);
  });
});
