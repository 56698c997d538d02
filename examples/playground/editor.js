import { example, importEnvironment } from "./custom-environment.js";
import { byId, element } from "./dom.js";

/** The text field for an environment of one's own, and what came of checking it. */
export class Editor {
  /** { make, module, code } of the code that stands there, once it was checked. */
  current;

  /** `used()` is called when the button has checked the code and found no fault. */
  constructor(used) {
    byId("code").value = example;
    byId("code").addEventListener("input", () => { this.current = undefined; });
    byId("check").onclick = async () => { if (await this.use()) used(); };
  }

  /** Imports and checks the code, unless that is done; shows the faults where there are some. */
  async use() {
    const code = byId("code").value;
    if (this.current?.code === code) return true;
    byId("own").open = true;
    try {
      const { report: { name, notes }, ...rest } = await importEnvironment(code);
      this.current = { ...rest, code };
      this.#report("same", `✓ ${name} keeps the contract.`, notes);
      return true;
    } catch (error) {
      const problems = error.problems ?? [`${error.name}: ${error.message}`];
      const count = problems.length === 1 ? "One fault" : `${problems.length} faults`;
      this.#report("other", `✗ ${count} to mend:`, problems);
      return false;
    }
  }

  #report(look, title, lines) {
    byId("check-report").replaceChildren(element("p", { class: look }, title),
      element("ul", {}, ...lines.map((line) => element("li", { textContent: line }))));
  }
}
