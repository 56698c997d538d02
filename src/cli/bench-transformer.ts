/** The transformer step of the bench: a small language model of tokens, traced as a user of bregman/tensor would. */
import type { Tensor } from "../tensor.ts";
import type { TensorLibrary } from "./bench-update.ts";

export interface TransformerSize {
  readonly sequences: number;
  readonly tokens: number;
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly vocabulary: number;
}

export interface TransformerLoss {
  readonly loss: Tensor;
  /** All parameters, f32 [count]. */
  readonly flat: Tensor;
  readonly parameterCount: number;
}

/**
 * Mean cross-entropy of predicting `next` i32 [S, T] from `tokens` i32 [S, T]: token and position tables, `layers`
 * blocks x + attention(norm(x)), x + mlp(norm(x)) with 4 x width and GELU, a last norm and a linear map to the
 * vocabulary (Radford et al. 2019).
 */
export function transformerLoss(t: TensorLibrary, size: TransformerSize): TransformerLoss {
  const { sequences, tokens: length, width, layers, vocabulary } = size;
  const matrices: [name: string, rows: number, columns: number][] = [
    ["token", vocabulary, width], ["position", length, width], ["output", width, vocabulary],
    ...Array.from({ length: layers }, (_, i): typeof matrices => [
      [`${i}.attend`, width, 3 * width], [`${i}.merge`, width, width],
      [`${i}.widen`, width, 4 * width], [`${i}.narrow`, 4 * width, width],
    ]).flat(),
  ];
  const specs = matrices.map(([name, rows, columns]) =>
    ({ name, shape: [rows, columns], initializer: { kind: "normal", gain: 1, fan: "inputs" } }) as const);
  const parameterCount = t.parameterCount(specs);
  const flat = t.input("parameters", [parameterCount]);
  const parameters = t.bindParameters(flat, specs);
  const tokens = (name: string): Tensor => t.reshape(t.input(name, [sequences, length], "i32"), [sequences * length]);

  const embedded = t.reshape(t.gatherRows(parameters.token!, tokens("tokens")), [sequences, length, width]);
  let x = t.add(embedded, parameters.position!);
  for (let i = 0; i < layers; i++) {
    const mixed = t.matmul(t.layerNorm(x), parameters[`${i}.attend`]!);
    x = t.add(x, t.matmul(attention(t, mixed, size), parameters[`${i}.merge`]!));
    const wide = t.gelu(t.matmul(t.layerNorm(x), parameters[`${i}.widen`]!));
    x = t.add(x, t.matmul(wide, parameters[`${i}.narrow`]!));
  }
  const logits = t.reshape(t.matmul(t.layerNorm(x), parameters.output!), [sequences * length, vocabulary]);
  const wanted = t.reshape(tokens("next"), [sequences * length, 1]);
  const loss = t.neg(t.mean(t.takeAlongAxis(t.logSoftmax(logits), wanted, 1)));
  return { loss, flat, parameterCount };
}

/** Causal attention in `heads` heads of queries, keys and values that lie side by side in `mixed` [S, T, 3 width]. */
function attention(t: TensorLibrary, mixed: Tensor, { sequences, tokens, width, heads }: TransformerSize): Tensor {
  const headed = (x: Tensor): Tensor =>
    t.permute(t.reshape(x, [sequences, tokens, heads, width / heads]), [0, 2, 1, 3]);
  const [query, key, value] = t.split(mixed, [width, width, width], -1).map(headed) as [Tensor, Tensor, Tensor];
  const attended = t.causalAttention(query, key, value);
  return t.reshape(t.permute(attended, [0, 2, 1, 3]), [sequences, tokens, width]);
}

/** Tokens that follow a rule, so that there is something to learn: each is 3 times the one before, plus 1. */
export function ruledTokens({ sequences, tokens: length, vocabulary }: TransformerSize): {
  tokens: Int32Array; next: Int32Array;
} {
  const tokens = new Int32Array(sequences * length);
  for (let i = 0; i < tokens.length; i++) {
    tokens[i] = i % length === 0 ? (7 * i) / length % vocabulary : (3 * tokens[i - 1]! + 1) % vocabulary;
  }
  return { tokens, next: tokens.map((token) => (3 * token + 1) % vocabulary) };
}
