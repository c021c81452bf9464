// The Chromium that tests, the bench and the pictures drive, with a GPU made of software, so that WebGL and WebGPU stand everywhere.
import { existsSync } from 'node:fs';

/** Chromium on this machine, or undefined. CHROMIUM names another. */
export const chromiumPath = () =>
  [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (path) => path && existsSync(path),
  );

const quiet = [
  '--no-first-run',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--autoplay-policy=no-user-gesture-required',
];

/** Both WebGL and WebGPU on SwiftShader. */
const software = ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--use-vulkan=swiftshader', '--use-angle=swiftshader'];

/** Only root needs a Chromium without its sandbox. */
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/**
 * Launch options for Playwright.
 * @param {{ gpu?: 'software' | 'no-webgpu' | 'no-webgl' | 'own', more?: string[] }} [options] 'own' takes the machine's GPU.
 */
export function launchOptions({ gpu = 'software', more = [] } = {}) {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error('No Chromium found: install it (Debian: apt-get install chromium) or name one in CHROMIUM.');
  const drawing = {
    software,
    'no-webgpu': ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-features=WebGPU'],
    'no-webgl': ['--disable-gpu', '--disable-3d-apis', '--disable-webgl', '--disable-webgl2', '--disable-software-rasterizer'],
    own: ['--enable-unsafe-webgpu'],
  }[gpu];
  return { executablePath, args: [...sandbox, ...quiet, ...drawing, ...more] };
}
