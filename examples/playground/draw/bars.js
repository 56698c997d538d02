import { prepare } from "./canvas.js";

const mostBars = 40;

/** Any observation as bars around a middle line, each in the scale of the largest value that was seen of it. */
export function drawBars(canvas, values, scales) {
  const { context, width, height, color } = prepare(canvas);
  const shown = Array.from(values).slice(0, mostBars);
  const size = Math.min(48, (width - 24) / shown.length);
  context.translate((width - size * shown.length) / 2, height / 2);
  context.fillStyle = color("line-strong");
  context.fillRect(0, -1, size * shown.length, 2);
  context.fillStyle = color("accent");
  shown.forEach((value, i) => {
    scales[i] = Math.max(scales[i] ?? 1e-6, Math.abs(value));
    const bar = (value / scales[i]) * (height / 2 - 28);
    context.fillRect(i * size + 0.15 * size, Math.min(0, -bar), 0.7 * size, Math.abs(bar));
  });
  context.fillStyle = color("quiet");
  context.textAlign = "center";
  const rest = values.length > mostBars ? ` (the first ${mostBars} of ${values.length})` : "";
  context.fillText(`the numbers that the policy sees${rest}`, (size * shown.length) / 2, height / 2 - 8);
}
