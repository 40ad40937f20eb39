/** The menu goes when the focus goes elsewhere by Tab, so that it never lies over what has it. */
export function closeMenus(): void {
  document.addEventListener('focusout', ({ target, relatedTarget }) => {
    const menu = (target as Element).closest<HTMLElement>(':popover-open');
    // Null: the window itself lost it, or the browser closes the menu.
    if (!menu || !(relatedTarget instanceof Element)) return;
    const opens = `[popovertarget="${menu.id}"], [aria-controls="${menu.id}"]`;
    if (!menu.contains(relatedTarget) && !relatedTarget.matches(opens)) menu.hidePopover();
  });
}
