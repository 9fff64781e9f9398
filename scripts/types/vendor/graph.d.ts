import cytoscape from "cytoscape";

declare module "cytoscape" {
  interface Core {
    /** As scripts/vendor/graph.js adds it. */
    svg(options: { bg?: string; padding?: number }): string;
  }
}

export default cytoscape;
