// A table of contents: the museum in 3-D, the rooms' stories, the flat interface.
import { lazy, Suspense } from 'react';
import { useChunk } from './museum/chunks';
import { Guard } from './museum/Guard';
import { Interface } from './ui/Interface';
import { choose, useVisit } from './visit';

const museum = async () => {
  const [{ default: Building }, world] = await Promise.all([import('./museum/Museum'), headset()]);
  return { default: () => <Building world={world} /> };
};
const stories = () => import('./museum/Stories');
const Operator = lazy(() => import('./ui/operator/Operator'));

/** The headset's world, fetched only where a headset can be entered. */
async function headset() {
  const isThere = await navigator.xr?.isSessionSupported('immersive-vr').catch(() => false);
  return isThere ? (await import('./xr/World')).default : undefined;
}

const enterHeadset = () => import('./xr/session').then((session) => session.enterHeadset());

export function App({ isOperator }: { isOperator: boolean }) {
  const pictures = useVisit((v) => v.pictures);
  const Museum = useChunk('museum', pictures ? museum : undefined);
  const Stories = useChunk('stories', stories);
  return (
    <>
      {pictures && Museum && (
        <Guard onBreak={() => choose({ pictures: false, why: 'broken' })}>
          <Museum />
        </Guard>
      )}
      <Guard onBreak={() => choose({ broken: 'stories' })}>{Stories && <Stories />}</Guard>
      <Interface onHeadset={enterHeadset} />
      {isOperator && (
        <Guard>
          <Suspense>
            <Operator />
          </Suspense>
        </Guard>
      )}
    </>
  );
}
