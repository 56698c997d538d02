import { escape, fixed, HUES, INK } from "../io/svg-panel.ts";

/** A path of distributions over three actions, and how it is named. */
export interface SimplexPath {
  readonly name: string;
  readonly policies: readonly ArrayLike<number>[];
}

export interface SimplexPicture {
  readonly title: string;
  readonly subtitle?: string;
  /** What stands at the corners. */
  readonly actions?: readonly [string, string, string];
  /** Its level lines are drawn, faintly: the values of the actions. */
  readonly signal?: ArrayLike<number>;
  readonly width?: number;
}

/** Where each corner is in a triangle of side 1 whose lower left corner is the origin, y upwards. */
const corners = [[0, 0], [1, 0], [0.5, 0.8660254037844386]] as const;

/**
 * The simplex of three actions as a triangle, one corner an action, with the paths of policies on it: a line each, a
 * dot each iterate. The same input gives the same text; inks read on white and on dark pages.
 */
export function simplexSvg(paths: readonly SimplexPath[], picture: SimplexPicture): string {
  const { title, subtitle = "", actions = ["action 1", "action 2", "action 3"], signal, width = 560 } = picture;
  const top = 66 + 20 * paths.length;
  const side = width - 150;
  const height = Math.ceil(top + side * corners[2][1] + 46);
  const place = (policy: ArrayLike<number>): [number, number] => {
    const [u, v] = [0, 1].map((axis) => corners.reduce((sum, corner, a) => sum + policy[a]! * corner[axis]!, 0));
    return [75 + side * u!, height - 36 - side * v!];
  };
  const text = (x: number, y: number, words: string, more = "") =>
    `<text x="${fixed(x)}" y="${fixed(y)}"${more}>${escape(words)}</text>`;
  const outline = [[1, 0, 0], [0, 1, 0], [0, 0, 1]].map((corner) => place(corner).map(fixed).join(" "));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
      `role="img" font-family="system-ui, 'Segoe UI', Roboto, Arial, sans-serif" font-size="13" fill="${INK}">`,
    `<title>${escape(title)}</title>`,
    text(26, 28, title, ' font-size="17" font-weight="600"'),
    text(26, 48, subtitle, ' font-size="12.5"'),
    ...paths.map(({ name }, i) =>
      `<circle cx="34" cy="${66 + 20 * i}" r="5" fill="${hueOf(i)}"/>${text(48, 70.5 + 20 * i, name)}`),
    `<path d="M${outline.join("L")}Z" fill="none" stroke="${INK}"/>`,
    ...(signal ? levelLines(signal, place) : []),
    ...actions.map((name, a) => {
      const [x, y] = place([0, 1, 2].map((b) => (a === b ? 1 : 0)));
      return text(x, a === 2 ? y - 10 : y + 20, name, ' text-anchor="middle"');
    }),
    ...paths.map(({ policies }, i) => drawPath(policies.map(place), hueOf(i))),
    "</svg>",
    "",
  ].join("\n");
}

const hueOf = (i: number): string => HUES[i % HUES.length]!;

function drawPath(points: readonly (readonly [number, number])[], hue: string): string {
  const line = `M${points.map((point) => point.map(fixed).join(" ")).join("L")}`;
  const dots = points.map(([x, y], k) =>
    `<circle cx="${fixed(x)}" cy="${fixed(y)}" r="${k === 0 ? 4.5 : 2.6}"/>`);
  return `<g class="path"><path d="${line}" fill="none" stroke="${hue}" stroke-width="1.6" stroke-opacity="0.7"/>` +
    `<g fill="${hue}">${dots.join("")}</g></g>`;
}

/** Nine lines of equal expected signal, between its smallest and its largest value. */
function levelLines(signal: ArrayLike<number>, place: (policy: ArrayLike<number>) => [number, number]): string[] {
  const values = Array.from(signal);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (!(high > low)) return [];
  const lines = Array.from({ length: 9 }, (_, i) => low + (high - low) * (i + 1) / 10).map((level) => {
    const crossings = [[0, 1], [1, 2], [2, 0]].flatMap(([a, b]) => {
      const share = (level - values[a!]!) / (values[b!]! - values[a!]!);
      return share >= 0 && share <= 1 ? [[0, 1, 2].map((c) => (c === a ? 1 - share : c === b ? share : 0))] : [];
    });
    return crossings.length < 2 ? "" :
      `M${crossings.slice(0, 2).map((point) => place(point).map(fixed).join(" ")).join("L")}`;
  });
  return [`<path d="${lines.join("")}" stroke="${INK}" stroke-opacity="0.25" fill="none"/>`];
}
