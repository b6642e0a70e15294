// Choosing a text block inserts it where the cursor is; without this script the button beside it does.
for (const select of document.querySelectorAll("select[data-blocks]")) {
  const text = select.form.elements.text;
  select.parentElement.querySelector("button").hidden = true;
  select.addEventListener("change", () => {
    const words = select.selectedOptions[0].dataset.text;
    if (!words) return;
    const before = text.value.slice(0, text.selectionStart);
    const gap = before && !before.endsWith("\n") ? "\n\n" : "";
    text.setRangeText(gap + words, text.selectionStart, text.selectionEnd, "end");
    select.value = "";
    text.focus();
  });
}

// What is typed as an answer stays with this tab until it is sent, also after a look at a case or a way back.
for (const text of document.querySelectorAll("textarea[name=text]")) {
  const key = `${location.pathname}#${text.id}`;
  const keep = () => sessionStorage.setItem(key, text.value);
  text.value ||= sessionStorage.getItem(key) ?? "";
  if (text.value) keep();
  text.addEventListener("input", keep);
  text.form.addEventListener("submit", () => sessionStorage.removeItem(key));
}
