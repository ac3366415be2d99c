// Keyboard shortcuts, each for something that a visible link or field also does.
// The reader can turn them off (https://www.w3.org/TR/WCAG22/#character-key-shortcuts).

const follow = (selector) => document.querySelector(selector)?.click();
const keys = {
  "/": () => {
    search?.focus();
    search?.select();
  },
  "?": showKeys,
  j: () => follow("main [rel=next]"),
  k: () => follow("main [rel=prev]"),
  r: () => follow("footer [href='/random']"),
};
keys.ArrowRight = keys.j;
keys.ArrowLeft = keys.k;

const keysButton = document.querySelector("footer .keys");

// keysAreUsed reports whether shortcuts are on and the button to turn them off is visible.
function keysAreUsed() {
  return recall("keys") != "off" && keysButton.offsetParent != null;
}

addEventListener("keydown", (event) => {
  const act = keys[event.key];
  if (!act || !keysAreUsed() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  // Fields and dialogs use keys themselves. Scrolling boxes use the arrow keys, and arrows
  // with Shift select text.
  if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
  if (event.key.startsWith("Arrow") && (event.shiftKey || event.target.closest("[tabindex]"))) return;
  event.preventDefault();
  act();
});

keysButton.onclick = showKeys;

let keysDialog;
function showKeys() {
  if (!keysDialog) {
    const key = (name) => element("kbd", { textContent: name });
    const row = (does, ...names) => [element("dt", {}, ...names.flatMap((name, i) => i ? [" or ", key(name)] : key(name))), element("dd", { textContent: does })];
    const use = element("input", { type: "checkbox", checked: recall("keys") != "off" });
    use.onchange = () => remember("keys", use.checked ? "on" : "off");
    const close = element("button", { type: "button", textContent: "Close", autofocus: true });
    close.onclick = () => keysDialog.close();
    keysDialog = element("dialog", { "aria-label": "Keyboard shortcuts" },
      element("h2", { textContent: "Keyboard shortcuts" }),
      element("dl", {},
        ...row("Search", "/"),
        ...row("Next question or page", "j", "→"),
        ...row("Previous question or page", "k", "←"),
        ...row("Random question", "r"),
        ...row("Show these shortcuts", "?"),
      ),
      element("label", {}, use, " Use these shortcuts"),
      close,
    );
    keysDialog.setAttribute("closedby", "any");
    document.body.append(keysDialog);
  }
  keysDialog.showModal();
}
