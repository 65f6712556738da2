// Before anything is painted, so that nothing flashes in the other colours.
try {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // A browser may keep no data for pages in a folder.
}
