/** Text for people: numbers, durations, tables. */

/** 1234567 as 1,234,567. */
export function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A return to one decimal, or a dash when there is none yet. */
export function decimal(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? "-" : value.toFixed(1);
}

/** Seconds as 0:07, 12:30 or 1:02:03. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}

/** Rows under a header, two spaces between columns; columns named in `right` are flush right. */
export function table(
  header: readonly string[], rows: readonly (readonly string[])[], right: readonly string[] = [],
): string {
  const lines = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? "").length)));
  return lines.map((line) => header.map((name, column) => {
    const cell = line[column] ?? "";
    return right.includes(name) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!);
  }).join("  ").trimEnd()).join("\n") + "\n";
}

/** The same as a table of Markdown. */
export function markdownTable(
  header: readonly string[], rows: readonly (readonly string[])[], right: readonly string[] = [],
): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |\n`;
  const rule = line(header.map((name) => (right.includes(name) ? "---:" : "---")));
  return line(header) + rule + rows.map(line).join("");
}
