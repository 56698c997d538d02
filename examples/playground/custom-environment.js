import { checkEnv } from "bregman";

/** What the editor shows first: a thrown ball is to be caught with a paddle. */
export const example = `// A module whose default export makes an environment.
export default function makeCatch() {
  const [width, height] = [9, 10];
  let [ball, drop, paddle, random] = [0, 0, 4, 1];
  const observation = () => [ball / width, drop / height, paddle / width];
  return {
    name: "Catch",
    observationSpace: { kind: "box", shape: [3], low: 0, high: 1 },
    actionSpace: { kind: "discrete", n: 3 },   // left, stay, right
    reset({ seed } = {}) {
      if (seed !== undefined) random = (seed % 2147483646) + 1;
      random = (random * 48271) % 2147483647;   // all randomness comes from the seed
      [ball, drop, paddle] = [random % width, 0, 4];
      return { observation: observation(), info: {} };
    },
    step(action) {
      paddle = Math.min(width - 1, Math.max(0, paddle + action - 1));
      drop += 1;
      const terminated = drop === height - 1;
      const reward = !terminated ? 0 : paddle === ball ? 1 : -1;
      return { observation: observation(), reward, terminated, truncated: false, info: {} };
    },
    render(context, { width: w, height: h, color }) {   // optional: draws what the page shows
      const cell = Math.min(w / width, h / height);
      context.translate((w - cell * width) / 2, (h - cell * height) / 2);
      context.fillStyle = color("accent");
      context.fillRect((ball + 0.2) * cell, (drop + 0.2) * cell, 0.6 * cell, 0.6 * cell);
      context.fillStyle = color("text");
      context.fillRect(paddle * cell, (height - 0.4) * cell, cell, 0.3 * cell);
    },
  };
}
`;

/**
 * The environment that a module's code gives, checked: { make, module, report }, where `module` is the address from
 * which a worker can import it, too. The code is imported from a Blob, so that it may use `import`
 * and the page needs no permission to evaluate text. Throws an error whose `problems` (if it has them) are the faults
 * that `checkEnv` found.
 */
export async function importEnvironment(code) {
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  try {
    const { default: make } = await import(url);
    if (make === undefined) {
      throw new Error("The module has no default export: write `export default function makeEnvironment() { ... }`.");
    }
    return { make, module: url, report: checkEnv(make) };
  } catch (error) {
    URL.revokeObjectURL(url);
    throw error;
  }
}
