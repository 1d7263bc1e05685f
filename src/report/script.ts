/**
 * Shows on focus what a pointer shows on hover; without it the page lacks nothing that is not in its tables as well. The
 * page allows this text only, by its hash.
 */
export const SCRIPT = `
const tip = document.getElementById('tip');
document.addEventListener('focusin', ({ target }) => {
  tip.textContent = target.closest('.strip a')?.getAttribute('aria-label') ?? target.getAttribute('title') ?? '';
});
document.addEventListener('focusout', () => { tip.textContent = ''; });
document.addEventListener('keydown', ({ key }) => { if (key === 'Escape') tip.textContent = ''; });
`;

/** SHA-256 of the script, as a content security policy names it. */
export const SCRIPT_HASH = 'sha256-r+J6qY0bieZOtDYBjzPKyWMeB2mHgD97LmxQFDdGvxQ=';
