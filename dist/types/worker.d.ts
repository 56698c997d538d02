import { serve } from "./worker/serve.js";
export { serve };
