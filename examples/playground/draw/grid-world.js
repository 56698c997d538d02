import { disc, prepare } from "./canvas.js";

/** Rows of cells (S start, F free, H hole, G goal), and the arrow of each action. */
export const grids = {
  "FrozenLake-v1": { rows: ["SFFF", "FHFH", "FFFH", "HFFG"], arrows: "←↓→↑" },
  "FrozenLake8x8-v1": {
    rows: ["SFFFFFFF", "FFFFFFFF", "FFFHFFFF", "FFFFFHFF", "FFFHFFFF", "FHHFFFHF", "FHFFHFHF", "FFFHFFFG"],
    arrows: "←↓→↑",
  },
  "CliffWalking-v1": { rows: ["FFFFFFFFFFFF", "FFFFFFFFFFFF", "FFFFFFFFFFFF", "SHHHHHHHHHHG"], arrows: "↑→↓←" },
};

/** The grid with the walker in it; in each free cell the arrow that the policy takes there, if there is one. */
export function drawGridWorld(canvas, { rows, arrows }, state, choices) {
  const { context, width, height, color } = prepare(canvas);
  const columns = rows[0].length;
  const size = Math.min((width - 16) / columns, (height - 16) / rows.length);
  context.translate((width - size * columns) / 2, (height - size * rows.length) / 2);
  context.textAlign = "center";
  context.textBaseline = "middle";
  const fills = { S: "cell", F: "cell", H: "hole", G: "goal" };
  [...rows.join("")].forEach((kind, cell) => {
    const [x, y] = [size * (cell % columns), size * Math.floor(cell / columns)];
    context.fillStyle = color(fills[kind]);
    context.beginPath();
    context.roundRect(x + 2, y + 2, size - 4, size - 4, Math.min(8, size / 6));
    context.fill();
    context.font = `${Math.round(0.42 * size)}px system-ui, sans-serif`;
    context.fillStyle = color(kind === "G" ? "on-goal" : "quiet");
    const sign = kind === "G" ? "★" : kind === "H" ? "" : choices ? arrows[choices[cell]] : kind === "S" ? "S" : "";
    context.fillText(sign, x + size / 2, y + size / 2);
    if (cell === state) disc(context, x + size / 2, y + size / 2, 0.27 * size, color("accent"));
  });
}

/** A bandit's arms side by side; the one that was pulled is filled. */
export function drawBandit(canvas, arms, pulled) {
  const { context, width, height, color } = prepare(canvas);
  const size = Math.min((width - 24) / arms, 64);
  context.translate((width - size * arms) / 2, height / 2);
  context.textAlign = "center";
  for (let arm = 0; arm < arms; arm++) {
    const x = (arm + 0.5) * size;
    context.fillStyle = color(arm === pulled ? "accent" : "cell");
    context.beginPath();
    context.roundRect(x - 0.4 * size, -0.9 * size, 0.8 * size, 1.8 * size, 0.18 * size);
    context.fill();
    context.fillStyle = color(arm === pulled ? "on-accent" : "quiet");
    context.fillText(String(arm), x, 4);
  }
}
