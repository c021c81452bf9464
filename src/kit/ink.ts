// Colours of drawn surfaces: paper in bright rooms, dark glass where pictures glow, with the room's accent hue.
export type Tone = 'paper' | 'glass';

export interface Ink {
  readonly ground: string;
  readonly raised: string;
  readonly hover: string;
  readonly text: string;
  readonly soft: string;
  readonly line: string;
  readonly accent: string;
  readonly onAccent: string;
}

export const inkOf = (tone: Tone, hue: number): Ink =>
  tone === 'paper'
    ? {
        ground: '#f4ecdd',
        raised: '#e8dcc5',
        hover: '#fff8ea',
        text: '#2a211a',
        soft: '#5d5042',
        line: '#b9a68a',
        accent: `hsl(${hue} 62% 33%)`,
        onAccent: '#fff9ec',
      }
    : {
        ground: '#12171c',
        raised: '#222a32',
        hover: '#313c47',
        text: '#f6ecda',
        soft: '#c9bda9',
        line: '#4d5863',
        accent: `hsl(${hue} 62% 72%)`,
        onAccent: '#10151a',
      };

/** The accent on plaster in shadow, where paper's own would be too pale. */
export const onWall = (hue: number) => `hsl(${hue} 70% 21%)`;
