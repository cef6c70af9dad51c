/** Where the API lives; every route of the HTTP contract is below it. */
export const API_BASE = '/api/v1/widget';
