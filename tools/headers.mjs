// The headers every page of the museum is served with: in development, preview, tests and releases alike.
// assets/_headers and the files in docs/serving say the same for other servers; tests/museum/security.test.ts compares them.

/** @type {Record<string, string>} */
const sources = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'img-src': "'self' blob: data:",
  'font-src': "'self'",
  'connect-src': "'self' blob: data:",
  'media-src': "'self' blob:",
  'worker-src': "'self' blob:",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'object-src': "'none'",
};

/** @param {Record<string, string>} [changes] */
const policy = (changes) =>
  Object.entries({ ...sources, ...changes })
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

/** The visitor's page. */
export const visitorPolicy = policy();
/** The operator's page: leva writes its styles into the page. */
export const operatorPolicy = policy({ 'style-src': "'self' 'unsafe-inline'" });
export const operatorPage = '/operator.html';

/** Vite puts the styles of development into the page, marked with this word. */
export const developmentNonce = 'development';
export const developmentPolicy = policy({ 'style-src': `'self' 'nonce-${developmentNonce}'` });

const refused = [
  'accelerometer', 'browsing-topics', 'camera', 'clipboard-read', 'clipboard-write',
  'display-capture', 'encrypted-media', 'gamepad', 'geolocation', 'gyroscope', 'hid', 'idle-detection', 'magnetometer', 'midi', 'payment',
  'picture-in-picture', 'publickey-credentials-get', 'screen-wake-lock', 'serial', 'usb',
]; // prettier-ignore
const granted = ['microphone', 'xr-spatial-tracking', 'fullscreen', 'autoplay'];

export const permissions = [...granted.map((name) => `${name}=(self)`), ...refused.map((name) => `${name}=()`)].join(', ');

/** Headers of every answer, without the policy of the page. */
export const commonHeaders = {
  'Permissions-Policy': permissions,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * All headers for an address.
 * @param {string} path
 * @returns {Record<string, string>}
 */
export function headersOf(path) {
  return { 'Content-Security-Policy': path === operatorPage ? operatorPolicy : visitorPolicy, ...commonHeaders };
}
