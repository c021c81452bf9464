// The flat interface: floor plan, tools, the twin, captions, a word about the engine.
import { lazy, Suspense, useState } from 'react';
import { useIsMissing } from '../museum/chunks';
import { rooms } from '../museum/rooms';
import { useRoomWords, useWords } from '../text';
import { choose, useVisit } from '../visit';
import { loadAgain } from './again';
import { Bar, type SheetName } from './Bar';
import { Captions } from './Captions';
import { EngineLine } from './EngineLine';
import { Joystick } from './Joystick';
import { Missed } from './Missed';
import { Plan } from './Plan';
import { Route } from './Route';
import { Twin } from './twin/Twin';
import { useFlat } from './useFlat';
import { useFootsteps } from './useRoute';
import { useShortcuts } from './useShortcuts';
import { Why } from './Why';

// Fetched when first opened: the shell stays small.
const Settings = lazy(async () => ({ default: (await import('./Settings')).Settings }));
const Help = lazy(async () => ({ default: (await import('./Help')).Help }));

const toTwin = () => {
  choose({ twin: true });
  requestAnimationFrame(() => document.getElementById('twin-title')?.focus());
};

export function Interface({ onHeadset }: { onHeadset: () => Promise<unknown> }) {
  const words = useWords();
  const [sheet, setSheet] = useState<SheetName | undefined>();
  const name = useVisit((v) => v.room);
  const pictures = useVisit((v) => v.pictures);
  const twin = useVisit((v) => v.twin);
  const room = rooms.find((room) => room.name === name);
  const roomWords = useRoomWords(name);
  useFlat();
  useFootsteps();
  useShortcuts(setSheet);
  const layout = pictures ? 'beside' : 'alone';
  return (
    <div className={`interface ${layout}`}>
      <button type="button" className="skip" onClick={toTwin}>
        {words('museum.skip')}
      </button>
      <Plan rooms={rooms} />
      <Bar open={sheet} onOpen={setSheet} onHeadset={onHeadset} />
      <Word />
      <main
        className={`twin panel${twin || !pictures ? ' open' : ''}`}
        aria-label={words('twin.label', { room: roomWords('title') })}
        tabIndex={pictures ? undefined : -1}
      >
        {room ? (
          <Twin room={room}>
            {!pictures && <Why />}
            <Route />
          </Twin>
        ) : (
          <p>{words('twin.noRoom')}</p>
        )}
      </main>
      {pictures && <Joystick />}
      <footer className="foot">
        <Captions />
        <EngineLine room={room} />
      </footer>
      <Suspense>
        {sheet === 'settings' && <Settings onClose={() => setSheet(undefined)} />}
        {sheet === 'help' && <Help onClose={() => setSheet(undefined)} />}
      </Suspense>
    </div>
  );
}

/** A polite word after an address that nobody knows, or about a room that broke, or about a room or a language that did not come. */
function Word() {
  const words = useWords();
  const lost = useVisit((v) => v.lost);
  const broken = useVisit((v) => v.broken);
  const isMissing = useIsMissing();
  const [isAway, setAway] = useState(false);
  return (
    <div className="word" role="status">
      {isMissing && <p className="panel">{words('museum.missing')}</p>}
      {broken && (
        <p className="panel">
          {words('museum.broken')}{' '}
          <button type="button" className="pushed" onClick={() => void loadAgain(() => setAway(true))}>
            {words('museum.reload')}
          </button>{' '}
          <button type="button" className="pushed quiet" onClick={() => choose({ broken: '' })}>
            {words('museum.close')}
          </button>
          {isAway && <> {words('server.away')}</>}
        </p>
      )}
      <Missed />
      {lost && (
        <p className="panel">
          {words('museum.lost')}{' '}
          <button type="button" className="pushed quiet" onClick={() => choose({ lost: false })}>
            {words('museum.close')}
          </button>
        </p>
      )}
    </div>
  );
}
