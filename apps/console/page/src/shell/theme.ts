import { useCallback, useEffect, useState } from 'react';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const key = 'aiq-console-theme';

function storedTheme(): Theme {
  try {
    return themes.find((theme) => theme === localStorage.getItem(key)) ?? 'system';
  } catch {
    return 'system'; // storage may be forbidden; the choice then lasts as long as the page
  }
}

/** Before the first paint: the page has no inline code that could do it earlier. */
export function applyStoredTheme(): void {
  document.documentElement.dataset['theme'] = storedTheme();
}

/** The theme and a function that goes on to the next one. */
export function useTheme(): readonly [Theme, () => void] {
  const [theme, setTheme] = useState(storedTheme);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    // Canvases hold colours of their own: they listen to this and to the system's preference.
    window.dispatchEvent(new Event('themechange'));
  }, [theme]);
  const next = useCallback(() => {
    setTheme((now) => {
      const chosen = themes[(themes.indexOf(now) + 1) % themes.length] ?? 'system';
      try {
        localStorage.setItem(key, chosen);
      } catch {
        // see storedTheme
      }
      return chosen;
    });
  }, []);
  return [theme, next];
}

/** Counts the changes of theme: an effect that draws with colours depends on it. */
export function useThemeVersion(): number {
  const [version, setVersion] = useState(0);
  useEffect(() => {
    const change = () => setVersion((now) => now + 1);
    const preference = matchMedia('(prefers-color-scheme: dark)');
    preference.addEventListener('change', change);
    window.addEventListener('themechange', change);
    return () => {
      preference.removeEventListener('change', change);
      window.removeEventListener('themechange', change);
    };
  }, []);
  return version;
}
