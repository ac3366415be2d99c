// A short fade between pages, unless the reader prefers less motion. It waits for the
// whole page, so that nothing fades into half of one.

if ("onpagereveal" in window) {
  const transition = new CSSStyleSheet();
  transition.replaceSync(`@media (prefers-reduced-motion: no-preference) {
    @view-transition { navigation: auto }
    ::view-transition { pointer-events: none }
    ::view-transition-group(root) { animation-duration: .12s }
  }`);
  whenParsed(() => document.adoptedStyleSheets.push(transition));
  // A fade that a fast reader interrupts is not an error.
  addEventListener("pagereveal", (event) => event.viewTransition?.ready.catch(() => {}));
}
