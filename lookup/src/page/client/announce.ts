let region: HTMLElement | null = null;

/** Says something to who listens to the page instead of seeing it. */
export function announce(text: string): void {
  region ??= document.getElementById('said');
  if (region) region.textContent = text;
}
