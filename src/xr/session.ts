// Entering and leaving a headset's session.
import { store } from './store';

export const enterHeadset = () => store.enterVR();
export const leaveHeadset = () => store.getState().session?.end();
