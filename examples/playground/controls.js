import { element } from "./dom.js";

// A control for each kind of hyperparameter. `take` is called with a new value, or with undefined for nonsense.

export function controlFor(entry, value, take) {
  const { name, kind, words, minimum, maximum } = entry;
  if (kind === "boolean") {
    return element("input", { type: "checkbox", checked: value, onchange: ({ target }) => take(target.checked) });
  }
  if (name === "networks") return networksControl(value, take);
  if (name === "exploration") return explorationControl(value, take);
  if (words) return wordControl(value, take);
  if (kind === "schedule") return scheduleControl(entry, value, take);
  if (minimum !== undefined && maximum !== undefined) return sliderControl(entry, value, take);
  return numberInput({ value, minimum, maximum, step: kind === "integer" ? 1 : "any", onchange: take });
}

function numberInput({ value, minimum, maximum, onchange, ...rest }) {
  return element("input", {
    type: "number", value, min: minimum ?? "", max: maximum ?? "", step: "any", inputMode: "decimal", ...rest,
    onchange: ({ target: { value: text, validity } }) =>
      onchange(text === "" || !validity.valid ? undefined : Number(text)),
  });
}

/** A slider beside a number field, which say the same. */
function sliderControl({ name, kind, minimum, maximum }, value, take) {
  const slider = element("input", {
    type: "range", min: minimum, max: maximum, step: kind === "integer" ? 1 : (maximum - minimum) / 200, value,
    oninput: ({ target }) => { number.value = target.value; },
    onchange: ({ target }) => take(Number(target.value)),
  });
  const number = numberInput({
    value, minimum, maximum, "aria-label": `${name}, as a number`,
    onchange: (given) => {
      if (given !== undefined) slider.value = given;
      take(given);
    },
  });
  return element("span", { class: "pair" }, slider, number);
}

/** Two numbers: at the first iteration and at the last; equal ones are a constant. */
function scheduleControl({ name, minimum }, value, take) {
  const ends = typeof value === "object" ? { ...value } : { from: value, to: value };
  const input = (end) => numberInput({
    value: ends[end], minimum, "aria-label": `${name}, ${end}`,
    onchange: (given) => {
      if (given === undefined) return;
      ends[end] = given;
      take(ends.from === ends.to ? ends.from : { ...ends });
    },
  });
  return element("span", { class: "pair" }, input("from"), element("span", {}, "to"), input("to"));
}

/** A number, or a word such as "auto". */
function wordControl(value, take) {
  return element("input", {
    type: "text", value: String(value), spellcheck: false,
    onchange: ({ target }) => {
      const text = target.value.trim();
      take(text === "" ? undefined : Number.isNaN(Number(text)) ? text : Number(text));
    },
  });
}

const activations = ["tanh", "relu", "silu", "gelu", "elu", "softplus", "sigmoid"];

function networksControl(value, take) {
  const hidden = element("input", {
    type: "text", value: value.hidden.join(", "), "aria-label": "hidden layers", spellcheck: false,
    pattern: "\\s*\\d+(\\s*,\\s*\\d+)*\\s*", title: "sizes of the hidden layers, for instance 64, 64",
  });
  const activation = element("select", { "aria-label": "activation" },
    ...activations.map((each) => element("option", { textContent: each })));
  activation.value = value.activation ?? "tanh";
  const control = element("span", { class: "pair" }, hidden, activation);
  control.onchange = () => {
    if (!hidden.validity.valid) return;
    take({ ...value, hidden: hidden.value.split(",").map(Number), activation: activation.value });
  };
  return control;
}

const noises = {
  independent: undefined, autoregressive: { name: "correlation", value: 0.97 },
  "state-dependent": { name: "holdSteps", value: 8 },
};

function explorationControl(value, take) {
  const kind = element("select", {}, ...Object.keys(noises).map((each) => element("option", { textContent: each })));
  kind.value = value.kind;
  const amount = element("input", { type: "number", min: 0, step: "any", "aria-label": "correlation or steps held" });
  const show = () => {
    const noise = noises[kind.value];
    amount.hidden = noise === undefined;
    if (noise) amount.value = value[noise.name] ?? noise.value;
  };
  show();
  const read = () => {
    const noise = noises[kind.value];
    take({ kind: kind.value, ...(noise && { [noise.name]: Number(amount.value) }) });
  };
  kind.onchange = () => {
    show();
    read();
  };
  amount.onchange = read;
  return element("span", { class: "pair" }, kind, amount);
}
