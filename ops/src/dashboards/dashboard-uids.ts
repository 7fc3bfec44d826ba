/** Dashboards by the last part of their address. */
export const dashboardUids = [
  'aiq-overview',
  'aiq-backend',
  'aiq-pipeline',
  'aiq-cost',
  'aiq-providers',
  'aiq-sessions',
  'aiq-slo',
  'aiq-telemetry',
] as const;
export type DashboardUid = (typeof dashboardUids)[number];
