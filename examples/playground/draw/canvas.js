/**
 * A canvas cleared and scaled to the screen: what the drawings begin with. Sizes are in CSS pixels; `color(name)` is
 * the page's colour of that name.
 */
export function prepare(canvas) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.font = "13px system-ui, sans-serif";
  context.lineCap = "round";
  context.lineJoin = "round";
  const style = getComputedStyle(canvas);
  const color = (name) => style.getPropertyValue(`--${name}`).trim();
  return { context, width, height, color };
}

/** A line through points [x, y], in one colour and width. */
export function stroke(context, points, color, width) {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.stroke();
}

/** A filled circle. */
export function disc(context, x, y, radius, color) {
  context.fillStyle = color;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}
