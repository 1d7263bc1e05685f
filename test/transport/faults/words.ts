/** What the standard says of each code that these cases end with. */
export const NETWORK_ERROR = { code: 3004, message: 'network error', httpStatus: 500 } as const;
export const NETWORK_TIMEOUT = { code: 3005, message: 'network timeout', httpStatus: 500 } as const;
export const UNAVAILABLE = { code: 3600, message: 'Target Company Service Unavailable', httpStatus: 503 } as const;
export const UNKNOWN_ERROR = { code: 3999, message: 'Unknown error', httpStatus: 500 } as const;
export const UNKNOWN_URL = { code: 3002, message: 'Unknown api url', httpStatus: 400 } as const;
export const NOT_JSON = { code: 3011, message: 'Json parsing error', httpStatus: 500 } as const;
export const WRONG_TRCODE = { code: 3001, message: 'Bad response trcode', httpStatus: 500 } as const;
