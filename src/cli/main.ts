/** The entry of the command line. The library is imported when a command needs it; in dist/ it is index.js beside. */
import process from "node:process";
import { dispatch } from "./dispatch.ts";
import type { Library } from "./library.ts";
import { processTerminal } from "./terminal.ts";

/** Words from the command line may be anything; the library checks them at its door. */
const loadLibrary = async (): Promise<Library> => await import("../index.ts") as unknown as Library;
const code = await dispatch(process.argv.slice(2), processTerminal(), loadLibrary);

// What was written is on its way before the process ends; ending is explicit, because a GPU device can keep it alive.
process.stdout.write("", () => process.exit(code));
