export { barX, barY, plot, ruleY, stackX, text } from "@observablehq/plot";
