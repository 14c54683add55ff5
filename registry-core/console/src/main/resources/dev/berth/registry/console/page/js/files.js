
// A layer that is being read is looked at again.
if (document.querySelector("[data-again]")) {
  setTimeout(() => location.reload(), 2000);
}
