// Comfort only: every page works without it.
"use strict";

for (const block of document.querySelectorAll("[data-copy]")) {
  const code = block.querySelector("code");
  if (!navigator.clipboard || !code) {
    continue;
  }
  const button = document.createElement("button");
  const say = (text, spoken) => {
    button.textContent = text;
    button.setAttribute("aria-label", spoken);
  };
  button.type = "button";
  say("Copy", "Copy the command");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      say("Copied", "Copied");
    } catch {
      say("Select and copy", "Select and copy");
    }
    setTimeout(() => say("Copy", "Copy the command"), 2000);
  });
  block.append(button);
}
