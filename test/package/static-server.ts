import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { root } from "../runtimes.mjs";

const types: Record<string, string> = {
  ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm",
};

export interface StaticServer {
  /** "http://127.0.0.1:" and its port. */
  readonly origin: string;
  close(): void;
}

/** The repository as a plain static server gives it, on a free port; `elsewhere` maps first folders to other places. */
export async function serveRepository(elsewhere: Readonly<Record<string, string>> = {}): Promise<StaticServer> {
  const server = createServer(({ url }, response) => {
    const { pathname } = new URL(url!, "http://localhost");
    const [, first, ...rest] = pathname.split("/");
    const place = elsewhere[first!];
    const file = place === undefined ? join(root, pathname) : join(place, ...rest);
    const isThere = existsSync(file) && statSync(file).isFile();
    response.statusCode = isThere ? 200 : 404;
    response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream");
    if (isThere) createReadStream(file).pipe(response);
    else response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}
