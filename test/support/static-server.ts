import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { root } from "../runtimes.mjs";

export interface StaticServer {
  /** As in http://127.0.0.1:1234. */
  readonly origin: string;
  close(): Promise<void>;
}

const types: Record<string, string> = {
  ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json",
};

/** Serves the repository's files on loopback, as any static host does. */
export async function serveRoot(headers: Record<string, string> = {}): Promise<StaticServer> {
  const server = createServer(({ url }, response) => {
    const file = join(root, decodeURIComponent(new URL(url!, "http://localhost").pathname));
    const found = existsSync(file) && statSync(file).isFile();
    response.writeHead(found ? 200 : 404, {
      "content-type": types[extname(file)] ?? "application/octet-stream", ...headers,
    });
    if (found) createReadStream(file).pipe(response);
    else response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}
