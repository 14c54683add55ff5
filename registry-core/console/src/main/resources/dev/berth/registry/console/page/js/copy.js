// Comfort only: every page works without it.
"use strict";

for (const block of document.querySelectorAll("[data-copy]")) {
  const code = block.querySelector("code");
  if (!navigator.clipboard || !code) {
    continue;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.setAttribute("aria-label", "Copy the command");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select and copy";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  block.append(button);
}
