// Sharing: the system's share sheet where there is one, else copying the link.

const bookmark = document.querySelector("a[rel=bookmark]");

function share() {
  navigator.share({ title: metaProperty("og:title"), url: bookmark.href }).catch(() => {}); // cancelled by the reader
}

if (bookmark && navigator.share) {
  actions.lastElementChild.before(element("button", { type: "button", textContent: "Share", onclick: share }));
} else if (bookmark && navigator.clipboard) {
  actions.lastElementChild.before(element("button", { type: "button", textContent: "Copy link", onclick: () => copy(bookmark.href, "Link") }));
} else {
  bookmark?.parentElement.classList.remove("unscripted");
}
