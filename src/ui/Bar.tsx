// The tools at the top right: sound, words, settings, help, this room anew.
import { useState } from 'react';
import { useWords } from '../text';
import { choose, roomsAgain, useVisit } from '../visit';
import { Icon, type IconName } from './Icon';
import { useHeadset } from './useHeadset';

export type SheetName = 'settings' | 'help';

interface ToolProps {
  readonly icon: IconName;
  readonly label: string;
  readonly title: string;
  readonly pressed?: boolean;
  readonly onPress: () => void;
}

function Tool({ icon, label, title, pressed, onPress }: ToolProps) {
  return (
    <li>
      <button type="button" className="tool" aria-label={title} title={title} aria-pressed={pressed} data-tool={icon} onClick={onPress}>
        <Icon name={icon} />
        <span aria-hidden="true">{label}</span>
      </button>
    </li>
  );
}

const usual = 0.6;

interface BarProps {
  readonly open: SheetName | undefined;
  readonly onOpen: (sheet: SheetName) => void;
  readonly onHeadset: () => Promise<unknown>;
}

export function Bar({ open, onOpen, onHeadset }: BarProps) {
  const words = useWords();
  const sounds = useVisit((v) => v.volume > 0);
  const twin = useVisit((v) => v.twin);
  const pictures = useVisit((v) => v.pictures);
  const hasHeadset = useHeadset();
  const [said, setSaid] = useState('');
  const again = () => {
    roomsAgain();
    setSaid(words('museum.roomsAgain'));
    setTimeout(() => setSaid(''), 4000);
  };
  return (
    <nav className="bar" aria-label={words('bar.title')}>
      <ul>
        {pictures && hasHeadset && (
          <Tool icon="headset" label={words('bar.headsetShort')} title={words('bar.headset')} onPress={() => void onHeadset()} />
        )}
        <Tool
          icon={sounds ? 'sound' : 'silence'}
          label={words('bar.sound')}
          title={words(sounds ? 'bar.soundOff' : 'bar.soundOn')}
          onPress={() => choose({ volume: sounds ? 0 : usual })}
        />
        {pictures && (
          <Tool
            icon="words"
            label={words('bar.words')}
            title={words(twin ? 'bar.wordsClose' : 'bar.wordsOpen')}
            pressed={twin}
            onPress={() => choose({ twin: !twin })}
          />
        )}
        <Tool icon="again" label={words('bar.againShort')} title={words('bar.again')} onPress={again} />
        <Tool icon="help" label={words('bar.help')} title={words('bar.help')} pressed={open === 'help'} onPress={() => onOpen('help')} />
        <Tool
          icon="settings"
          label={words('bar.settings')}
          title={words('bar.settings')}
          pressed={open === 'settings'}
          onPress={() => onOpen('settings')}
        />
      </ul>
      <p className="unseen" role="status">
        {said}
      </p>
    </nav>
  );
}
