import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";
import { Context } from "svgcanvas/dist/svgcanvas.esm.js";

cytoscape.use(fcose);

// cy.svg({ bg, padding }): the whole graph as SVG text. Cytoscape draws it as for cy.png, on a context that writes SVG.
// (The known extension for this is under the GPL.)
cytoscape("core", "svg", function ({ bg, padding = 10 } = {}) {
  const renderer = this.renderer();
  const box = this.elements().boundingBox();
  const width = Math.ceil(box.w) + 2 * padding;
  const height = Math.ceil(box.h) + 2 * padding;
  const context = new Context(width, height);
  if (bg) {
    context.fillStyle = bg;
    context.fillRect(0, 0, width, height);
  }
  context.translate(padding - box.x1, padding - box.y1);
  const { usePaths } = renderer;
  renderer.usePaths = () => false; // a cached Path2D cannot be written
  try {
    renderer.drawElements(context, renderer.getCachedZSortedEles());
  } finally {
    renderer.usePaths = usePaths;
  }
  return context.getSerializedSvg(true);
});

export default cytoscape;
