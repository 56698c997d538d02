// Claims about deep methods, with networks on small tasks.

export const deepClaims = [];
