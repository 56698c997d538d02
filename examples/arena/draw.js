// The picture of a match.
import { dashPause, discRadius, matRadius } from "./sumo.js";

/** Canvas colours for the light or the dark page. */
const palettes = {
  light: { mat: "#fffdf7", edge: "#c9bfa8", ink: "#23262d", you: "#2364aa", opponent: "#c5392f" },
  dark: { mat: "#23272f", edge: "#4a5160", ink: "#e8e6e1", you: "#6cb0f5", opponent: "#ff7a6b" },
};
const darkPage = matchMedia("(prefers-color-scheme: dark)");
let palette = palettes[darkPage.matches ? "dark" : "light"];
darkPage.addEventListener("change", ({ matches }) => { palette = palettes[matches ? "dark" : "light"]; });

/** Metres to pixels and back: the mat fills the canvas but for a margin. */
const metre = (canvas) => canvas.width / (2 * (matRadius + 0.8));

export function toMat(canvas, { offsetX, offsetY }) {
  const scale = canvas.width / canvas.clientWidth / metre(canvas);
  const middle = matRadius + 0.8;
  return { x: offsetX * scale - middle, y: offsetY * scale - middle };
}

export function drawMatch(canvas, match, message) {
  const context = canvas.getContext("2d");
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  const scale = metre(canvas);
  context.setTransform(scale, 0, 0, scale, canvas.width / 2, canvas.height / 2);
  circle(context, 0, 0, Math.max(0, match.radius), palette.mat, palette.edge);
  drawDisc(context, match.discs[0], palette.you, "you", match.loser === 0 || match.loser === 2);
  drawDisc(context, match.discs[1], palette.opponent, "it", match.loser === 1 || match.loser === 2);
  if (message) write(context, message, 0, -matRadius / 2, 0.7, palette.ink);
}

/** A disc with its name, faint once it has fallen; a ring around it fills until it may dash again. */
function drawDisc(context, { x, y, rest }, fill, name, fallen) {
  context.globalAlpha = fallen ? 0.35 : 1;
  circle(context, x, y, discRadius, fill);
  write(context, name, x, y, 0.45, palette.mat);
  context.beginPath();
  context.arc(x, y, discRadius + 0.1, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * (1 - rest / dashPause));
  context.lineWidth = 0.07;
  context.strokeStyle = fill;
  context.stroke();
  context.globalAlpha = 1;
}

function circle(context, x, y, radius, fill, edge) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  if (!edge) return;
  context.lineWidth = 0.12;
  context.strokeStyle = edge;
  context.stroke();
}

function write(context, text, x, y, size, fill) {
  context.font = `600 ${size}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = fill;
  context.fillText(text, x, y);
}
