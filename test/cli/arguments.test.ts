import { describe, expect, it } from "vitest";
import { type CommandSpec, helpText, parseArguments, parseSettings } from "../../src/cli/arguments.ts";
import { decimal, duration, grouped, table } from "../../src/cli/table.ts";

const spec: CommandSpec = {
  name: "train",
  positionals: "ENV",
  summary: "Trains.",
  options: [
    { name: "steps", value: "N", help: "how many" },
    { name: "set", value: "KEY=VALUE", help: "a setting" },
    { name: "json", help: "as JSON" },
  ],
};
const parse = (...words: string[]) => parseArguments(spec, words);

describe("parseArguments", () => {
  it("takes values after a space or an equals sign, in any order with the positionals", () => {
    for (const line of ["E --steps 5 --json", "--json --steps=5 E", "--steps=7 --steps=5 E --json"]) {
      const given = parse(...line.split(" "));
      expect(given.positionals).toEqual(["E"]);
      expect(given.integer("steps", 1)).toBe(5);
      expect(given.flag("json")).toBe(true);
    }
    expect(parse("E").integer("steps", 1)).toBeUndefined();
    expect(parse("E", "--set", "a=1", "--set=b=c=d").all("set")).toEqual(["a=1", "b=c=d"]);
    expect(parse("--", "--E").positionals).toEqual(["--E"]);
  });

  it.each([["100_000", 100_000], ["1e5", 100_000], ["7", 7]])("reads %s as a whole number", (text, value) => {
    expect(parse("E", "--steps", text).integer("steps", 1)).toBe(value);
  });

  it.each(["0", "-3", "1.5", "ten", "", "1e30", "Infinity"])("refuses %j as a positive whole number", (text) => {
    const given = parse("E", `--steps=${text}`);
    expect(() => given.integer("steps", 1)).toThrow(/--steps must be a whole number of at least 1, given/);
  });

  it.each<[string[], string, RegExp]>([
    [["E", "--stesp", "5"], "unknown-option", /unknown option --stesp of train; did you mean --steps\?/],
    [["E", "-x"], "unknown-option", /unknown option -x/],
    [["E", "--steps"], "invalid-option", /--steps needs a value \(N\)/],
    [["E", "--steps", "--json"], "invalid-option", /--steps needs a value \(N\), but --json follows/],
    [["E", "--json=yes"], "invalid-option", /takes no value/],
    [[], "invalid-option", /ENV is missing/],
    [["E", "F"], "invalid-option", /one argument too many: F/],
  ])("refuses %j", (words, code, message) => {
    expect(() => parse(...words)).toThrow(expect.objectContaining({ code }));
    expect(() => parse(...words)).toThrow(message);
  });

  it("lets a negative number be a value", () => {
    expect(parse("E", "--set", "-1=2").all("set")).toEqual(["-1=2"]);
  });
});

describe("parseSettings", () => {
  it.each<[string, unknown]>([
    ["a=0.5", 0.5], ["a=1e-3", 0.001], ["a=-2", -2], ["a=.5", 0.5], ["a=true", true], ["a=false", false],
    ["a=[64,64]", [64, 64]], ['a={"from":1,"to":0}', { from: 1, to: 0 }], ["a=tanh", "tanh"], ["a=", ""],
    ['a="1"', "1"], ["a=b=c", "b=c"], ["a=1to2", "1to2"],
  ])("reads %s", (setting, value) => {
    expect(parseSettings([setting])).toEqual({ a: value });
  });

  it("keeps dangerous keys harmless and lets the last one count", () => {
    const settings = parseSettings(["__proto__=1", "a=1", "a=2"]);
    expect(Object.keys(settings)).toEqual(["__proto__", "a"]);
    expect(settings.a).toBe(2);
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });

  it.each(["a", "=1", "a=[1,", 'a={"b"}'])("refuses %s", (setting) => {
    expect(() => parseSettings([setting])).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });
});

describe("text for people", () => {
  it("has a help with every option, aligned", () => {
    expect(helpText(spec)).toBe("Trains.\n\n  bregman train ENV [options]\n\n" +
      "  --steps N         how many\n  --set KEY=VALUE   a setting\n  --json            as JSON\n" +
      "  --help            print this help\n");
  });

  it("groups, rounds and measures time", () => {
    expect([999, 1000, 1234567, 0.4].map(grouped)).toEqual(["999", "1,000", "1,234,567", "0"]);
    expect([1.25, -0.04, null, NaN, undefined].map(decimal)).toEqual(["1.3", "-0.0", "-", "-", "-"]);
    expect([0, 6.2, 750, 3723].map(duration)).toEqual(["0:00", "0:07", "12:30", "1:02:03"]);
  });

  it("aligns tables", () => {
    expect(table(["id", "n"], [["mdpo", "5"], ["ppo", "12"]], ["n"])).toBe("id     n\nmdpo   5\nppo   12\n");
  });
});
