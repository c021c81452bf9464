// Addresses of tfjs's wasm files, served from our own origin.
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import type { Start } from './protocol';

const absolute = (address: string) => new URL(address, globalThis.document?.baseURI ?? import.meta.url).href;

export const files = (): Start['wasm'] => ({ plain: absolute(plain), simd: absolute(simd) });
