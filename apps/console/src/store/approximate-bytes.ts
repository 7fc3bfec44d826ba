/** What an object, an array or a number costs in V8, roughly. */
const nodeBytes = 16;

/**
 * Estimates the memory a decoded value holds, so that stores can be bounded in bytes too.
 * Strings count one byte a character, which is what V8 takes for Latin text.
 */
export function approximateBytes(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return nodeBytes + value.length;
    case 'object':
      break;
    default:
      return nodeBytes;
  }
  if (value === null) return nodeBytes;

  let bytes = nodeBytes;
  if (Array.isArray(value)) {
    for (const element of value) bytes += approximateBytes(element);
    return bytes;
  }
  // Keys are shared between objects: only the slot counts.
  for (const element of Object.values(value)) bytes += nodeBytes + approximateBytes(element);
  return bytes;
}
