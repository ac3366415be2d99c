// Saving the question of the page.

// metaProperty returns the content of a meta element of the page, by property.
function metaProperty(property) {
  return document.querySelector(`meta[property="${property}"]`)?.content;
}

const actions = document.querySelector(".tools .actions");

// currentQuestion is the question of this page, if it has one. Its hue is the class for the
// colour of its subject.
const currentQuestion = actions && { path: location.pathname, title: metaProperty("og:title"), subject: metaProperty("article:section"), hue: document.body.className };

if (currentQuestion) {
  const others = () => saved().filter(({ path }) => path != currentQuestion.path);
  const button = element("button", { type: "button" });
  let isSaved; // as the button shows it
  const show = () => {
    isSaved = others().length < saved().length;
    button.textContent = isSaved ? "Saved" : "Save";
    button.setAttribute("aria-label", isSaved ? "Saved: remove from My questions" : "Save to My questions");
    button.className = isSaved ? "chosen" : "";
  };
  button.onclick = () => {
    if (save(isSaved ? others() : [currentQuestion, ...others()])) announce(isSaved ? "Removed from My questions" : "Saved to My questions");
    show();
  };
  show();
  addEventListener("storage", show); // another tab saved or removed it
  addEventListener("pageshow", show); // the page may return from the back/forward cache
  actions.append(button, element("a", { href: "/saved", textContent: "My questions" }));
  read.push(currentQuestion);
}
