/** The views of the page; each has an address of its own, and so has what lies below it. */
export const pagePaths = [
  '/',
  '/traces',
  '/service-map',
  '/metrics',
  '/logs',
  '/errors',
  '/runs',
  '/sessions',
] as const;
