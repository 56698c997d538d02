/** The version in package.json, for files that say what wrote them. */
export const version = "0.1.0";
