// The headset's session: how it is asked for, and that nothing of it comes from elsewhere.
import { createXRStore } from '@react-three/xr';
import { Controller, slowly } from './Hands';

// One layout serves every controller (all follow the xr-standard gamepad mapping); the models are drawn by the museum.
const baseAssetPath = () => new URL('xr/', document.baseURI).href;

export const store = createXRStore({
  emulate: false,
  offerSession: false,
  enterGrantedSession: false,
  baseAssetPath: baseAssetPath(),
  defaultControllerProfileId: 'museum-generic',
  controller: Controller,
  hand: { model: false, teleportPointer: slowly, rayPointer: slowly, touchPointer: slowly, grabPointer: false },
  transientPointer: slowly,
  gaze: false,
  anchors: false,
  meshDetection: false,
  planeDetection: false,
  hitTest: false,
  domOverlay: false,
  frameRate: 'high',
  foveation: 1,
});
