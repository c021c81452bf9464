// A table of contents: the museum in 3-D, the rooms' stories, the flat interface.
import { lazy, Suspense } from 'react';
import { Guard } from './museum/Guard';
import { Interface } from './ui/Interface';
import { choose, useVisit } from './visit';

const Museum = lazy(async () => {
  const [{ default: Building }, world] = await Promise.all([import('./museum/Museum'), headset()]);
  return { default: () => <Building world={world} /> };
});
const Stories = lazy(() => import('./museum/Stories'));
const Operator = lazy(() => import('./ui/operator/Operator'));

/** The headset's world, fetched only where a headset can be entered. */
async function headset() {
  const isThere = await navigator.xr?.isSessionSupported('immersive-vr').catch(() => false);
  return isThere ? (await import('./xr/World')).default : undefined;
}

const enterHeadset = () => import('./xr/session').then((session) => session.enterHeadset());

export function App({ isOperator }: { isOperator: boolean }) {
  const pictures = useVisit((v) => v.pictures);
  return (
    <>
      {pictures && (
        <Guard onBreak={() => choose({ pictures: false, why: 'broken' })}>
          <Suspense>
            <Museum />
          </Suspense>
        </Guard>
      )}
      <Guard>
        <Suspense>
          <Stories />
        </Suspense>
      </Guard>
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
