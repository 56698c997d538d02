import { type Task } from "./task.js";
export declare const tasks: Readonly<Record<string, Task>>;
