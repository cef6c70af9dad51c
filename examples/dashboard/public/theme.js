// Light, dark, or as the system has it. In the head and not a module, so that no page flashes in the wrong one.
(() => {
  const THEMES = ['auto', 'light', 'dark'];
  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  let theme = THEMES.includes(localStorage.theme) ? localStorage.theme : 'auto';

  function apply() {
    const isDark = theme === 'dark' || (theme === 'auto' && prefersDark.matches);
    document.documentElement.dataset.mode = isDark ? 'dark' : 'light';
    const label = document.querySelector('[data-theme-button] b');
    if (label) label.textContent = theme;
    document.dispatchEvent(new Event('modechange'));
  }

  prefersDark.addEventListener('change', apply);
  document.addEventListener('DOMContentLoaded', () => {
    document.querySelector('[data-theme-button]')?.addEventListener('click', () => {
      theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
      localStorage.theme = theme;
      apply();
    });
    apply();
  });
  apply();
})();
