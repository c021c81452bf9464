// A table of contents: the museum in 3-D, the rooms' stories, the flat interface.
import { lazy, Suspense, type ComponentType } from 'react';
import { Guard } from './ui/Guard';
import { Interface } from './ui/Interface';
import { choose, useVisit } from './visit';

const parts = import.meta.glob<{ default: ComponentType }>(['./museum/Museum.tsx', './museum/Stories.tsx']);
const part = (name: string) => lazy(parts[name] ?? (() => Promise.resolve({ default: () => null })));
const Museum = part('./museum/Museum.tsx');
const Stories = part('./museum/Stories.tsx');
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
