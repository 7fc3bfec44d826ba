import { Link } from 'wouter';
import { useLive } from '../shared/live.ts';
import { goKeys } from './keyboard.ts';
import { type Theme, useTheme } from './theme.ts';

const groups = [
  { title: 'Look', keys: ['o', 't', 's', 'm', 'l', 'e'] },
  { title: 'AIQ', keys: ['r', 'u'] },
] as const;

const themeShapes: Record<Theme, string> = { system: '◐', light: '○', dark: '●' };

/** Where one can go, and whether what is shown is of now. */
export function Sidebar({ path, onHelp }: { path: string; onHelp: () => void }) {
  const [theme, nextTheme] = useTheme();
  return (
    <nav className="sidebar" aria-label="Views">
      <Link href="/" className="brand">
        <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
          <rect width="32" height="32" rx="7" className="brand-mark" />
          <path d="M7 10h11M11 16h14M15 22h7" className="brand-lines" />
        </svg>
        <span>AIQ console</span>
      </Link>
      {groups.map(({ title, keys }) => (
        <section key={title}>
          <h2>{title}</h2>
          <ul>
            {keys.map((key) => {
              const target = goKeys[key];
              if (!target) return null;
              const isHere =
                target.path === '/'
                  ? path === '/'
                  : path === target.path || path.startsWith(`${target.path}/`);
              return (
                <li key={key}>
                  <Link href={target.path} aria-current={isHere ? 'page' : undefined}>
                    <span className="nav-label">{target.label}</span>
                    <kbd>g {key}</kbd>
                  </Link>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
      <div className="sidebar-foot">
        <LiveSwitch />
        <button type="button" className="quiet" onClick={nextTheme}>
          <span aria-hidden="true">{themeShapes[theme]}</span> Theme: {theme}
        </button>
        <button type="button" className="quiet" onClick={onHelp}>
          <span aria-hidden="true">?</span> Keys
        </button>
      </div>
    </nav>
  );
}

function LiveSwitch() {
  const { connection, isPaused, setPaused } = useLive();
  const state = connection === 'lost' ? 'lost' : isPaused ? 'paused' : connection;
  const words = { connecting: 'Connecting', open: 'Live', lost: 'Not connected', paused: 'Paused' }[
    state
  ];
  return (
    <button
      type="button"
      className={`quiet live live-${state}`}
      aria-pressed={isPaused}
      title={isPaused ? 'Go on (p)' : 'Hold what is shown (p)'}
      onClick={() => setPaused(!isPaused)}
    >
      <span className="live-dot" aria-hidden="true" /> {words}
      <span className="live-action">{isPaused ? 'resume' : 'pause'}</span>
    </button>
  );
}
