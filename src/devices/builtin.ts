/** A module of Node, of which a page's bundler sees nothing; undefined where there is none. */
export function builtin<Module>(name: string): Module | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): Module } };
  return process?.getBuiltinModule?.(name);
}
