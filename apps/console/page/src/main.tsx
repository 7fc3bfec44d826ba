import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { shouldRetry } from './shared/use-answer.ts';
import { LiveProvider } from './shell/live-provider.tsx';
import { applyStoredTheme } from './shell/theme.ts';
import './styles/index.css';

applyStoredTheme();
const client = new QueryClient({
  defaultOptions: {
    // What is live is asked for when the console says that it changed.
    queries: { retry: shouldRetry, staleTime: 2_000, refetchOnWindowFocus: false },
  },
});
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root"');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <LiveProvider>
        <App />
      </LiveProvider>
    </QueryClientProvider>
  </StrictMode>,
);
