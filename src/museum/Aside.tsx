// The interface's plan lies over the left of the picture. What one looks at is moved to the middle of what is left free.
import { useThree } from '@react-three/fiber';
import { useEffect } from 'react';
import { PerspectiveCamera } from 'three';

/** Pixels at the left that the interface takes, as its style sheet says in rem. */
function taken(): number {
  const style = getComputedStyle(document.documentElement);
  return (parseFloat(style.getPropertyValue('--aside')) || 0) * parseFloat(style.fontSize);
}

export function Aside() {
  const camera = useThree((state) => state.camera);
  const { width, height } = useThree((state) => state.size);
  useEffect(() => {
    if (!(camera instanceof PerspectiveCamera)) return;
    camera.setViewOffset(width, height, -taken() / 2, 0, width, height);
    return () => camera.clearViewOffset();
  }, [camera, width, height]);
  return null;
}
