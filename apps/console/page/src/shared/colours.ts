const seriesCount = 8;

/** The class of a thing's colour among others: given by its place in a sorted list, so that it stays the same within a view. */
export function seriesClass(index: number): string {
  return `series-${(index % seriesCount) + 1}`;
}

/** What a custom property of the style sheet comes to under the theme of now, in a form that a canvas takes. */
export function resolveColour(property: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${property})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

export function seriesColour(index: number): string {
  return resolveColour(`--series-${(index % seriesCount) + 1}`);
}
