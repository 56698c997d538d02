// The worker entry: what `import ... from "bregman/worker"` gives, and the script of workers that train: started as
// one, it serves the page that started it.
import { builtin } from "./devices/builtin.ts";
import type { Endpoint } from "./worker/endpoint.ts";
import { serve } from "./worker/serve.ts";

export { serve };

/** The other end of this worker, if this is one. */
function parent(): Endpoint | undefined {
  const { DedicatedWorkerGlobalScope: Scope } = globalThis as { DedicatedWorkerGlobalScope?: new () => unknown };
  if (Scope && globalThis instanceof Scope) return globalThis as unknown as Endpoint;
  return builtin<{ parentPort: Endpoint | null }>("node:worker_threads")?.parentPort ?? undefined;
}

const port = parent();
if (port) serve(port);
