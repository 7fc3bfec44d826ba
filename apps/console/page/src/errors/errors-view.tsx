import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { ErrorGroup, ErrorGroupsAnswer } from '../../../src/api/contract/errors.ts';
import { Ago } from '../shared/ago.tsx';
import { formatNumber } from '../shared/format.ts';
import { SeverityMark } from '../shared/marks.tsx';
import { NumberHeads } from '../shared/number-heads.tsx';
import { PageHeader } from '../shared/page-header.tsx';
import { SearchField } from '../shared/search-field.tsx';
import { optionsWithAll, SelectField } from '../shared/select-field.tsx';
import { Answer, Empty } from '../shared/states.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import { useSearchState } from '../shared/use-search.ts';
import { useServiceNames } from '../shared/use-services.ts';
import { useListKeys } from '../shell/keyboard.ts';
import { toSeverity } from './stack.ts';

/** Reported errors, those that are the same in one row. */
export function ErrorsView() {
  const [params, patch] = useSearchState();
  const services = useServiceNames();
  const text = params.get('text') ?? '';
  const service = params.get('service') ?? '';
  const query = useAnswer<ErrorGroupsAnswer>(
    '/api/error-groups',
    { text, service },
    { signals: ['errors'] },
  );
  return (
    <>
      <PageHeader title="Errors" note={query.data && `${formatNumber(query.data.total)} kinds`} />
      <search className="filters">
        <SearchField
          label="Search errors"
          placeholder="type, message or place"
          value={text}
          onChange={(next) => patch({ text: next })}
        />
        <SelectField
          label="service"
          value={service}
          options={optionsWithAll(services)}
          onChange={(next) => patch({ service: next })}
        />
      </search>
      <Answer query={query} what="errors">
        {({ groups }) => {
          if (groups.length > 0) return <GroupTable groups={groups} />;
          if (text || service) {
            return (
              <Empty title="No error matches">
                <Link href="/errors">Show all errors</Link>
              </Empty>
            );
          }
          return (
            <Empty title="No errors were reported">
              <p>That is well. To see one, the demo raises a deliberate error:</p>
              <pre className="command">npx pnpm@12 demo</pre>
            </Empty>
          );
        }}
      </Answer>
    </>
  );
}

const pathOf = (group: ErrorGroup) => `/errors/${encodeURIComponent(group.fingerprint)}`;

function GroupTable({ groups }: { groups: readonly ErrorGroup[] }) {
  const [, navigate] = useLocation();
  const [selected, setSelected] = useState<string | null>(null);
  const index = groups.findIndex(({ fingerprint }) => fingerprint === selected);
  useListKeys({
    count: groups.length,
    index,
    onMove: (next) => setSelected(groups[next]?.fingerprint ?? null),
    onOpen: (at) => {
      const group = groups[at];
      if (group) navigate(pathOf(group));
    },
  });
  return (
    <div className="panel">
      <table className="list error-list">
        <thead>
          <tr>
            <th scope="col">error</th>
            <th scope="col">services</th>
            <NumberHeads names={['events', 'first seen', 'last seen']} />
            <th scope="col">trace</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group, at) => (
            <GroupRow key={group.fingerprint} group={group} isSelected={at === index} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function GroupRow({ group, isSelected }: { group: ErrorGroup; isSelected: boolean }) {
  return (
    <tr className={isSelected ? 'selected' : ''} aria-current={isSelected ? 'true' : undefined}>
      <th scope="row">
        <Link href={pathOf(group)} className="error-link">
          <span>
            <SeverityMark severity={toSeverity(group.level)} text={group.level} />{' '}
            <strong>{group.type}</strong>
          </span>
          <span className="error-message">{group.message}</span>
          {group.culprit !== null && <span className="mono muted small">{group.culprit}</span>}
        </Link>
      </th>
      <td>{group.services.join(', ')}</td>
      <td className="number">{formatNumber(group.count)}</td>
      <td className="number">
        <Ago time={group.firstSeen} />
      </td>
      <td className="number">
        <Ago time={group.lastSeen} />
      </td>
      <td>
        {group.lastTraceId !== null && (
          <Link href={`/traces/${group.lastTraceId}`} className="nowrap">
            open
          </Link>
        )}
      </td>
    </tr>
  );
}
