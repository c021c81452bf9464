// A table of contents: the museum in 3-D, the rooms' stories, the flat interface.
import { lazy, Suspense } from 'react';
import { Guard } from './ui/Guard';
import { Interface } from './ui/Interface';
import { choose, useVisit } from './visit';

const Museum = lazy(() => import('./museum/Museum'));
const Stories = lazy(() => import('./museum/Stories'));
const Operator = lazy(() => import('./ui/operator/Operator'));

const enterHeadset = () => import('./xr/store').then((headset) => headset.enterHeadset());

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
