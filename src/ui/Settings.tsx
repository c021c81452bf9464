// What the visitor may choose at any time, in the middle of anything.
import { useNumber, useWords } from '../text';
import { choose, languages, levels, startAgain, useVisit, type Language, type Level, type Visit } from '../visit';
import { Options, Slide, Switch } from './fields';
import { Missed } from './Missed';
import { Sheet } from './Sheet';

const levelWord = { child: 'settings.levelChild', adult: 'settings.levelAdult', expert: 'settings.levelExpert' } as const;
const qualities = ['auto', 'low', 'medium', 'high'] as const;
const isShown = (language: Language) => language !== 'en-XA' || new URLSearchParams(location.search).has('pseudo');

export function Settings({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const number = useNumber();
  const visit = useVisit();
  const percent = Math.round(visit.volume * 100);
  return (
    <Sheet title={words('settings.title')} onClose={onClose}>
      <Options
        label={words('settings.language')}
        options={languages.filter(isShown).map((value) => ({ value, label: words(`settings.languages.${value}`), lang: value }))}
        value={visit.language}
        onChange={(language) => choose({ language: language as Language })}
      />
      {/* The sheet keeps everything else from being seen and heard. */}
      <div className="missed" role="status">
        <Missed />
      </div>
      <Options
        label={words('settings.level')}
        options={levels.map((value) => ({ value, label: words(levelWord[value]) }))}
        value={visit.level}
        onChange={(level) => choose({ level: level as Level })}
      />
      <Slide
        label={words('settings.volume')}
        from={0}
        to={1}
        step={0.05}
        value={visit.volume}
        spoken={percent ? words('settings.percent', { value: number(percent) }) : words('settings.volumeOff')}
        onChange={(volume) => choose({ volume })}
      />
      <Switch label={words('settings.captions')} on={visit.captions} onChange={(captions) => choose({ captions })} />
      <Switch
        label={words('settings.motion')}
        hint={words('settings.motionHint')}
        on={visit.motion === 'reduced'}
        onChange={(less) => choose({ motion: less ? 'reduced' : 'full' })}
      />
      <Switch
        label={words('settings.contrast')}
        on={visit.contrast === 'high'}
        onChange={(high) => choose({ contrast: high ? 'high' : 'normal' })}
      />
      <Switch label={words('settings.keys')} hint={words('settings.keysHint')} on={visit.keys} onChange={(keys) => choose({ keys })} />
      {visit.pictures && (
        <Options
          label={words('settings.quality')}
          options={qualities.map((value) => ({ value, label: words(`settings.qualities.${value}`) }))}
          value={visit.quality}
          onChange={(quality) => choose({ quality: quality as Visit['quality'] })}
        />
      )}
      <button
        type="button"
        className="pushed"
        onClick={() => {
          startAgain();
          onClose();
        }}
      >
        {words('settings.startAgain')}
      </button>
    </Sheet>
  );
}
