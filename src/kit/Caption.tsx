// A live line of words under an exhibit: what a readout says now.
import type { ThreeElements } from '@react-three/fiber';
import type { Controls, Said } from '../controls';
import type { Words } from '../text';
import type { Tone } from './ink';
import { sentence } from './panel/layout';
import { WallText } from './WallText';

interface Props extends Omit<ThreeElements['mesh'], 'children' | 'scale'> {
  readonly controls: Controls;
  readonly name: string;
  readonly words: Words;
  readonly width: number;
  readonly height: number;
  readonly hue: number;
  readonly tone?: Tone;
  readonly size?: number;
  readonly isPlate?: boolean;
}

export function Caption({ controls, name, words, size = 42, ...rest }: Props) {
  const said = controls.useValues((values) => values[name] as Said | null);
  return <WallText {...rest} text={said ? sentence(words, said) : ''} sizes={[size, size]} align="center" />;
}
