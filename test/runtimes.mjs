// Where the runtimes of the tests are on this machine, and how to bring those that are missing.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Path of a Chromium, or undefined. The variable CHROMIUM names another one. */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  return ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"].find((path) => existsSync(path));
}

/** Path of the Deno that came as a development dependency, else the one on the PATH, else undefined. */
export function findDeno() {
  const name = process.platform === "win32" ? "deno.exe" : "deno";
  const own = join(root, "node_modules/deno", name);
  if (existsSync(own)) return own;
  return versionOf(name) === undefined ? undefined : name;
}

/** SwiftShader's Vulkan driver, which Debian's Chromium brings: Dawn in Node refuses the llvmpipe of Debian 12. */
export function findSwiftShader() {
  return ["/usr/lib/chromium/vk_swiftshader_icd.json"].find((path) => existsSync(path));
}

/** Whether programs outside a browser find Vulkan: its loader and at least one driver. */
export function hasVulkan() {
  const loader = ["/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"]
    .some((folder) => existsSync(join(folder, "libvulkan.so.1")));
  const drivers = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"]
    .some((folder) => existsSync(folder) && readdirSync(folder).length > 0);
  return loader && drivers;
}

/** First line that a program answers to --version, or undefined when it cannot be started. */
export function versionOf(program) {
  const options = { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
  const { status, stdout } = spawnSync(program, ["--version"], options);
  return status === 0 ? stdout.split("\n")[0].trim() : undefined;
}

/** Installs Chromium and a software Vulkan driver from Debian where they are missing and the user may. */
export function bringWhatIsMissing() {
  const wanted = [
    ...(findChromium() ? [] : ["chromium"]),
    ...(process.platform !== "linux" || hasVulkan() ? [] : ["libvulkan1", "mesa-vulkan-drivers"]),
  ];
  const may = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (wanted.length === 0 || !may) return;
  console.log(`installing ${wanted.join(", ")}`);
  const apt = (...args) => execFileSync("apt-get", ["-qq", ...args], {
    stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  try {
    apt("update");
    apt("install", "-y", "--no-install-recommends", ...wanted);
  } catch (error) {
    console.error(`could not install ${wanted.join(", ")}: ${error.message}`);
  }
}
