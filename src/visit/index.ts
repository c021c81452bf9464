// One store of what the visitor chose, and the address that mirrors it.
import { create } from 'zustand';

/** Languages that visitors can choose; the first stands in for any other. */
export const spoken = ['en', 'de'] as const;
/** And the pseudo-locale that tests texts. */
export const languages = [...spoken, 'en-XA'] as const;
export type Language = (typeof languages)[number];
const rightToLeft: readonly string[] = ['ar', 'fa', 'he', 'ur'];
export const directionOf = (language: string) => (rightToLeft.includes(language.split('-')[0]!) ? 'rtl' : 'ltr');
export const levels = ['child', 'adult', 'expert'] as const;
export type Level = (typeof levels)[number];
export type Tier = 'low' | 'medium' | 'high';

export interface Visit {
  language: Language;
  level: Level;
  /** Volume of everything, 0 to 1; 0 until the visitor turns sound on. */
  volume: number;
  captions: boolean;
  motion: 'full' | 'reduced';
  contrast: 'normal' | 'high';
  /** Single letters and digits are shortcuts; some visitors speak their keys and switch this off. */
  keys: boolean;
  /** 'auto' lets measurement choose `tier`. */
  quality: 'auto' | Tier;
  tier: Tier;
  /** Room by its address name, and the stop in it that was asked for ('' is wherever the visitor walked). */
  room: string;
  stop: string;
  /** Counts up with every jump, so that asking twice for one place moves twice. */
  jump: number;
  /** The engine's name for the model that the visitor trained or loaded, for other rooms to use; '' is none. */
  model: string;
  /** Minutes the visitor has (5, 20, 60), 0 for no route. */
  route: number;
  /** Stops that were reached, as 'noise/lever'. */
  reached: readonly string[];
  /** What goes into a room's key: a reset counts up. */
  visit: number;
  /** A word for the visitor after an address nobody knows. */
  lost: boolean;
  /** The room that broke ('' is none): a word for the visitor. */
  broken: string;
  /** 3-D runs; false: the twin alone, and why. */
  pictures: boolean;
  why: '' | 'asked' | 'no-webgl' | 'broken';
  /** The twin is open beside the 3-D picture. */
  twin: boolean;
}

const prefers = (query: string) => typeof matchMedia === 'function' && matchMedia(query).matches;

function firstLanguage(): Language {
  const wanted = typeof navigator === 'undefined' ? 'en' : navigator.language.toLowerCase();
  return spoken.find((code) => wanted.startsWith(code.toLowerCase())) ?? spoken[0];
}

export const firstVisit = (): Visit => ({
  language: firstLanguage(),
  level: 'adult',
  volume: 0,
  captions: true,
  motion: prefers('(prefers-reduced-motion: reduce)') ? 'reduced' : 'full',
  contrast: prefers('(prefers-contrast: more)') ? 'high' : 'normal',
  keys: true,
  quality: 'auto',
  tier: 'medium',
  room: 'welcome',
  stop: '',
  jump: 0,
  model: '',
  route: 0,
  reached: [],
  visit: 0,
  lost: false,
  broken: '',
  pictures: true,
  why: '',
  twin: false,
});

export const useVisit = create<Visit>()(() => firstVisit());
export const choose = (part: Partial<Visit>) => useVisit.setState(part);

/** The visitor has come to a stop, as 'noise/lever'. */
export const reach = (place: string) => useVisit.setState((v) => (v.reached.includes(place) ? v : { reached: [...v.reached, place] }));
/** Jumps to a room, or to one of its stops. */
export const goTo = (room: string, stop = '') => {
  useVisit.setState((v) => ({ room, stop, jump: v.jump + 1, lost: false, broken: '' }));
  if (stop) reach(`${room}/${stop}`);
};
/** The visitor walked into this room by themselves. */
export const walkedInto = (room: string) => useVisit.setState((v) => (v.room === room ? v : { room, stop: '', broken: '' }));
/** Every room as new, with no notice left; what the visitor set for themselves, and where they are, stays. */
export const roomsAgain = () => useVisit.setState((v) => ({ visit: v.visit + 1, lost: false, broken: '', reached: [] }));
/** Everything as at the first second. */
export const startAgain = () =>
  useVisit.setState((v) => ({ ...firstVisit(), tier: v.tier, pictures: v.pictures, why: v.why, visit: v.visit + 1, jump: v.jump + 1 }));

/** Room and stop of an address like `#/noise/lever`; undefined for the bare address. */
export function readAddress(hash: string): { room: string; stop: string } | undefined {
  const [room = '', stop = ''] = hash.replace(/^#\/?/, '').split('?')[0]!.split('/');
  return room ? { room, stop } : undefined;
}
