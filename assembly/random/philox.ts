// placeholder until the random helper lands
export function philox_placeholder(): void {}
