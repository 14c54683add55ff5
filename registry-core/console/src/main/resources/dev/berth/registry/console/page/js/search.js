// Search as you type: the results are those that the server shows, put in place.
{
  const search = document.getElementById("search");
  const form = search && search.form;
  if (form && window.fetch && window.DOMParser) {
    let waiting = 0;
    let latest = 0;
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const mine = ++latest;
        const words = search.value.trim();
        const address = new URL(form.action);
        if (words) {
          address.searchParams.set("q", words);
        }
        try {
          const response = await fetch(address, {credentials: "same-origin"});
          const page = new DOMParser().parseFromString(await response.text(), "text/html");
          const content = page.getElementById("content");
          if (mine === latest && response.ok && content) {
            document.getElementById("content").replaceWith(content);
            document.title = page.title;
            history.replaceState(null, "", address);
          }
        } catch {
          // The form still works.
        }
      }, 200);
    });
  }
}
