// Pages of the site change by a short fade, unless the reader wants less motion. Nothing
// fades into half a page.

if ("onpagereveal" in window) {
  const transition = new CSSStyleSheet();
  transition.replaceSync(`@media (prefers-reduced-motion: no-preference) {
    @view-transition { navigation: auto }
    ::view-transition { pointer-events: none }
    ::view-transition-group(root) { animation-duration: .12s }
  }`);
  whenWhole(() => document.adoptedStyleSheets.push(transition));
  // One that is cut short, because the reader is faster, is no error.
  addEventListener("pagereveal", (event) => event.viewTransition?.ready.catch(() => {}));
}
