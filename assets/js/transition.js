// Pages of the site change by a short fade, unless the reader wants less motion.

const transition = new CSSStyleSheet();
transition.replaceSync(`@media (prefers-reduced-motion: no-preference) {
  @view-transition { navigation: auto }
  ::view-transition-group(root) { animation-duration: .12s }
}`);
document.adoptedStyleSheets.push(transition);
