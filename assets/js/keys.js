// The keyboard: a key for each thing that a visible link or field does as well.

const keys = {
  "/": () => document.querySelector("main [type=search], [type=search]")?.focus(),
};

addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=radio]), textarea, select, dialog, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
