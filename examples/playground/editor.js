import { example, importEnvironment } from "./custom-environment.js";
import { byId, element } from "./dom.js";

/** A fault that `checkEnv` found: a sentence, or what was seen, the promise that it breaks, and the way out. */
const textOf = (fault) => (typeof fault === "string" ? fault
  : `${fault.where}: ${fault.seen}. The contract: “${fault.contract}” To mend it: ${fault.mend}.`);

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
      const problems = error.problems?.map(textOf) ?? [`${error.name}: ${error.message}`];
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
