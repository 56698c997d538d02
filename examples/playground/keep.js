import { byId } from "./dom.js";
import { download, historyCsv, readFile } from "./files.js";

/** The buttons that download, load and share; `page` says what is watched, and takes what was loaded. */
export class Keep {
  constructor(page) {
    this.page = page;
    const name = (kind) => `${page.watchedRun()?.label.replace(", seed ", "-") ?? "policy"}.${kind}`;
    this.#on("save-policy", () => download(name("safetensors"), page.watchedPolicy().save()));
    this.#on("save-checkpoint", async () =>
      download(name("checkpoint.safetensors"), await page.watchedRun().trainer.checkpoint()));
    this.#on("save-history", () => download("history.csv", historyCsv(page.experiment().runs), "text/csv"));
    this.#on("copy-link", async () => {
      const link = page.link();
      history.replaceState(undefined, "", link);
      await navigator.clipboard?.writeText(link).catch(() => {});
      return "The link stands in the address bar, and on the clipboard where the browser allows it.";
    });
    byId("load").onchange = () => this.#say(() => this.#load());
  }

  /** Switches on what there is something for. */
  show() {
    byId("save-policy").disabled = this.page.watchedPolicy() === undefined;
    byId("save-checkpoint").disabled = this.page.watchedRun()?.trainer === undefined;
    byId("save-history").disabled = this.page.experiment() === undefined;
  }

  #on(id, action) {
    byId(id).onclick = () => this.#say(action);
  }

  async #say(action) {
    try {
      byId("kept").value = await action() ?? "";
    } catch (error) {
      byId("kept").value = error.message;
    }
  }

  async #load() {
    const [file] = byId("load").files;
    byId("load").value = "";
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { policy, plan } = await readFile(bytes);
    await (plan ? this.page.resume(plan, bytes) : this.page.showPolicy(policy));
    return `${file.name} was loaded.`;
  }
}
