// What the pages draw on canvases: a learning curve, and a cart with its pole. Sizes are in CSS pixels.

/** A canvas's context, cleared, scaled to the screen, with the page's colours. */
function prepare(canvas) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.font = "12px system-ui, sans-serif";
  const style = getComputedStyle(canvas);
  const color = (name) => style.getPropertyValue(`--${name}`);
  return { context, width, height, color };
}

/** Mean return over environment steps; `updates` are the records that `onUpdate` gets. */
export function drawCurve(canvas, updates, { steps, highest }) {
  const { context, width, height, color } = prepare(canvas);
  const frame = { left: 44, right: width - 12, top: 12, bottom: height - 28 };
  const x = (step) => frame.left + (frame.right - frame.left) * Math.min(1, step / steps);
  const y = (value) => frame.bottom - (frame.bottom - frame.top) * (value / highest);
  context.lineWidth = 1;
  context.textBaseline = "middle";
  for (let value = 0; value <= highest; value += highest / 5) {
    context.strokeStyle = color("line");
    context.beginPath();
    context.moveTo(frame.left, y(value));
    context.lineTo(frame.right, y(value));
    context.stroke();
    context.fillStyle = color("quiet");
    context.textAlign = "right";
    context.fillText(String(value), frame.left - 8, y(value));
  }
  for (let part = 0; part <= 4; part++) {
    context.textAlign = part === 0 ? "left" : part === 4 ? "right" : "center";
    context.fillText(`${Math.round((part * steps) / 4000)} k`, x((part * steps) / 4), height - 10);
  }
  const points = updates.filter(({ meanReturn }) => meanReturn !== null);
  context.strokeStyle = color("accent");
  context.lineWidth = 2.5;
  context.lineJoin = "round";
  context.beginPath();
  for (const { step, meanReturn } of points) context.lineTo(x(step), y(meanReturn));
  context.stroke();
}

/** A cart-pole's state [position, velocity, angle, angular velocity]; the track reaches from -2.4 to 2.4. */
export function drawCartPole(canvas, [position, , angle]) {
  const { context, width, height, color } = prepare(canvas);
  const metre = Math.min(width / 5.6, height / 1.9);
  const ground = height / 2 + 0.75 * metre;
  context.strokeStyle = color("line");
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(width / 2 - 2.4 * metre, ground);
  context.lineTo(width / 2 + 2.4 * metre, ground);
  context.stroke();
  context.translate(width / 2 + position * metre, ground - 0.14 * metre);
  context.fillStyle = color("text");
  context.beginPath();
  context.roundRect(-0.28 * metre, -0.12 * metre, 0.56 * metre, 0.24 * metre, 0.05 * metre);
  context.fill();
  context.rotate(angle);
  context.strokeStyle = color("accent");
  context.lineWidth = 0.08 * metre;
  context.lineCap = "round";
  context.beginPath();
  context.moveTo(0, -0.08 * metre);
  context.lineTo(0, -1.15 * metre);
  context.stroke();
}
