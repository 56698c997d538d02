import { countIterations } from "../support/counted-iterations.ts";

countIterations("discrete");
