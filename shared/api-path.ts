/** Where the API lives; every route of the HTTP contract is below it. */
export const API_BASE = '/api/v1/widget';
/** Where the API is described, as OpenAPI 3.1. */
export const OPENAPI_PATH = '/api/v1/openapi.json';
