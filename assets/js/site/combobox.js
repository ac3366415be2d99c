// Suggestions in the search box: a combobox with a listbox
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). The form also works without them.

const search = document.getElementById("search");
if (search) {
  const list = element("ul", { id: "completions", role: "listbox", "aria-label": "Questions", hidden: true });
  const found = element("p", { className: "visually-hidden", "aria-live": "polite" });
  search.form.append(list, found);
  search.setAttribute("role", "combobox");
  search.setAttribute("aria-autocomplete", "list");
  search.setAttribute("aria-expanded", "false");
  search.setAttribute("aria-controls", list.id);
  let request = new AbortController();
  let waiting;

  const choose = (option) => {
    list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) search.setAttribute("aria-activedescendant", option.id);
    else search.removeAttribute("aria-activedescendant");
  };
  const show = (titles, subjects, addresses) => {
    choose();
    list.replaceChildren(...titles.map((title, i) => {
      const option = element("li", { id: "completion-" + i, role: "option", dir: "auto", "aria-selected": "false" },
        title, element("span", { className: "note", textContent: subjects[i] }));
      option.onclick = () => location.href = new URL(addresses[i]).pathname;
      return option;
    }));
    list.hidden = !titles.length;
    search.setAttribute("aria-expanded", !list.hidden);
  };
  const hide = () => {
    clearTimeout(waiting);
    request.abort();
    show([]);
    found.textContent = "";
  };
  const complete = async () => {
    request = new AbortController();
    try {
      const answer = await fetch("/search/suggest?" + new URLSearchParams(new FormData(search.form)), { signal: request.signal });
      if (!answer.ok) return hide();
      const [, ...completions] = await answer.json();
      show(...completions);
      const text = count(list.childElementCount, "suggestion");
      if (found.textContent != text) found.textContent = text; // else it would be announced again
    } catch (error) {
      if (error.name != "AbortError") hide(); // aborted because more was typed
    }
  };

  search.addEventListener("input", () => {
    clearTimeout(waiting);
    request.abort();
    choose(); // Enter searches for the text as typed
    // A single letter is a word only in some scripts.
    if (!/\S.*\S|[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/u.test(search.value)) hide();
    else waiting = setTimeout(complete, 120);
  });
  search.addEventListener("blur", hide);
  addEventListener("pagehide", hide); // else the list would still be open after going back
  list.onmousedown = (event) => event.preventDefault(); // keep the focus in the box
  search.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const options = [...list.children];
    const chosen = options.findIndex((option) => option.matches("[aria-selected=true]"));
    switch (event.key) {
      case "ArrowDown":
        choose(options[chosen + 1]); // after the last option comes the box itself
        break;
      case "ArrowUp":
        choose(options[(chosen < 0 ? options.length : chosen) - 1]);
        break;
      case "Enter":
        if (chosen < 0) return; // the form searches for the text as typed
        options[chosen].click();
        break;
      case "Escape":
        hide();
        break;
      default:
        return;
    }
    event.preventDefault();
  });
}
