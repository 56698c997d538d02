import { BregmanError, messageOf } from "./error.ts";

/** What a file of dist/ holds that is loaded when it is needed. Throws `missing-dependency`, or another code. */
export async function fileBeside<Module>(
  file: string, purpose: string, loading: Promise<Module>, code: "missing-dependency" | "webgpu-unavailable" =
    "missing-dependency",
): Promise<Module> {
  return loading.catch((cause: unknown) => {
    throw new BregmanError(code,
      `${purpose} needs the file ${file} beside bregman's own, from the same version: ${messageOf(cause)}`);
  });
}
