/** A module of Node, of which a page's bundler sees nothing; undefined where there is none. */
export declare function builtin<Module>(name: string): Module | undefined;
