import { secondsFast } from '../catalogue/buckets.ts';
import { type MetricSpec, openLabel } from './metric.ts';

/** What the library itself counts, in every service: its HTTP server, and its own deliveries. */
export const libraryMetrics: readonly MetricSpec[] = [
  {
    name: 'http.server.request.duration',
    kind: 'histogram',
    unit: 's',
    description: 'Duration of HTTP server requests.',
    labels: {
      'http.request.method': openLabel,
      'http.route': openLabel,
      'http.response.status_code': openLabel,
      'url.scheme': openLabel,
      'error.type': openLabel,
    },
    buckets: secondsFast,
  },
  {
    name: 'http.server.active_requests',
    kind: 'up_down_counter',
    unit: '{request}',
    description: 'HTTP server requests in flight.',
    labels: { 'http.request.method': openLabel, 'url.scheme': openLabel },
  },
];
