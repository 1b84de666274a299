// Its name changes with what it says: browsers keep what lies under /assets.
// Before the first paint: the theme that was chosen here. Without a choice, that of the system holds.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // No storage: the system's theme.
}
