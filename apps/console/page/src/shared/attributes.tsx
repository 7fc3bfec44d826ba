import { formatAttribute } from './format.ts';

/** Attributes by name, in two columns; a value may be long and of several lines. */
export function AttributeTable(props: {
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Where given, each pair has a button that searches by it. */
  readonly onFilter?: ((key: string, value: string) => void) | undefined;
}) {
  const { attributes, onFilter } = props;
  const entries = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return <p className="muted small">none</p>;
  return (
    <table className="attributes">
      <tbody>
        {entries.map(([key, value]) => (
          <tr key={key}>
            <th scope="row">{key}</th>
            <td>
              <span className="attribute-value">{formatAttribute(value)}</span>
              {onFilter && typeof value !== 'object' && (
                <button
                  type="button"
                  className="attribute-filter"
                  aria-label={`Search traces with this ${key}`}
                  title="Search traces with this value"
                  onClick={() => onFilter(key, String(value))}
                >
                  ⌕
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
