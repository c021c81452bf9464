// Whether a headset can be entered from here; asked anew when one is plugged in.
import { useEffect, useState } from 'react';

const asked = () => navigator.xr?.isSessionSupported('immersive-vr').catch(() => false) ?? Promise.resolve(false);

export function useHeadset(): boolean {
  const [isThere, setThere] = useState(false);
  useEffect(() => {
    let open = true;
    const ask = () => void asked().then((there) => open && setThere(there));
    ask();
    navigator.xr?.addEventListener('devicechange', ask);
    return () => {
      open = false;
      navigator.xr?.removeEventListener('devicechange', ask);
    };
  }, []);
  return isThere;
}
