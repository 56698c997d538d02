/** An element with properties and children; `data-` and `aria-` names and `for`, `role` and `class` are attributes. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (/^(data-|aria-|for$|role$|class$|list$)/.test(name)) made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

export const byId = (id) => document.getElementById(id);

export const round = (value, digits = 3) => (Number.isFinite(value) ? Number(value.toPrecision(digits)) : value);

/** 51200 as "51,200". */
export const grouped = (value) => Math.round(value).toLocaleString("en");
