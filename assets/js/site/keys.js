// Keyboard shortcuts, each for something that a visible link or field also does.
// The reader can turn them off (https://www.w3.org/TR/WCAG22/#character-key-shortcuts).

// follow opens the link that a selector finds, and reports whether there is one.
function follow(selector) {
  const link = document.querySelector(selector);
  link?.click();
  return link;
}

// Each function reports whether it had anything to do.
const keys = {
  "/": () => {
    search?.focus();
    search?.select();
    return search;
  },
  "?": showKeys,
  j: () => follow("main [rel=next]"),
  k: () => follow("main [rel=prev]"),
  r: () => follow("footer [href='/random']"),
};
keys.ArrowRight = keys.j;
keys.ArrowLeft = keys.k;
keys.slash = keys["/"];

const keysButton = document.querySelector("footer .keys");

// keysAreUsed reports whether shortcuts are on and the button to turn them off is visible.
function keysAreUsed() {
  return recall("keys") != "off" && keysButton.offsetParent != null;
}

addEventListener("keydown", (event) => {
  // Letters of other scripts count as the Latin ones in their place.
  const act = keys[event.key > "~" ? event.code.replace("Key", "").toLowerCase() : event.key];
  if (!act || !keysAreUsed() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  // Fields and dialogs use keys themselves. Boxes and pages that scroll sideways use the
  // arrow keys, and so does selected text.
  if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
  if (event.key.startsWith("Arrow") && (event.shiftKey || event.target.closest("[tabindex]") || getSelection().type == "Range" || document.documentElement.scrollWidth > innerWidth)) return;
  if (act()) event.preventDefault();
});

keysButton.onclick = showKeys;

let keysDialog;
function showKeys() {
  if (!keysDialog) {
    const key = (name) => element("kbd", { textContent: name });
    const row = (does, ...names) => [element("dt", {}, ...names.flatMap((name, i) => i ? [" or ", key(name)] : key(name))), element("dd", { textContent: does })];
    const use = element("input", { type: "checkbox", checked: recall("keys") != "off" });
    use.onchange = () => remember("keys", use.checked ? "on" : "off");
    const close = element("button", { type: "button", textContent: "Close" });
    close.onclick = () => keysDialog.close();
    keysDialog = element("dialog", { "aria-label": "Keyboard shortcuts" },
      // The focus is not on the button, which may be out of view.
      element("h2", { textContent: "Keyboard shortcuts", tabIndex: -1, autofocus: true }),
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
  return true;
}

// In a line that scrolls sideways, browsers leave links that are partly hidden where they are.
addEventListener("focusin", ({ target }) => {
  if (target.matches(".facets a:focus-visible, .topics a:focus-visible")) target.scrollIntoView({ block: "nearest", inline: "center" });
});
