/**
 * @module Labels that every expression speaks of. A service's `job` is `service.namespace/service.name`, or the
 * name alone where a scrape says no more.
 */

/** Where one store holds several environments they must not be added up; where no series says one, it is empty. */
export const environment = 'deployment_environment_name';

export const backend = 'job=~"(.+/)?aiq-backend"';
export const questionService = 'job=~"(.+/)?aiq-question-service"';
export const anyService = 'job=~"(.+/)?aiq-.+"';

/**
 * Requests of test takers: not of probes, scrapers and operators, nor of whoever asks for routes that there are
 * not.
 */
export const userRequests = `${backend}, http_route!~"unmatched|/health/.*|(/v1)?/metrics|/docs.*|/v1/admin/.*"`;
