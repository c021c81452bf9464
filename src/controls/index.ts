// Controls as data: declared once, drawn as a 3-D panel, on the flat interface, in leva, in the twin, in links and in tests.
import { create, type StoreApi, type UseBoundStore } from 'zustand';

/** Words of a room by key, with what is filled in: stays right when the language changes. */
export interface Said {
  readonly key: string;
  readonly with?: Readonly<Record<string, string | number>>;
}

/** A live picture ([height, width], values in [-1, 1], 1 is ink) with the words that stand for it. */
export interface Shown {
  readonly values: Float32Array;
  readonly height: number;
  readonly width: number;
  readonly said: Said;
}

interface Base {
  /** The stop of the room where the control stands. */
  readonly stop: string;
  /** Shown only while this holds. */
  readonly when?: (values: Readonly<Record<string, unknown>>) => boolean;
}
export interface Slider extends Base {
  readonly kind: 'slider';
  readonly start: number;
  readonly from: number;
  readonly to: number;
  readonly step: number;
}
/** One of `options`; start '' means not yet answered (a prediction asked of the visitor). */
export interface Choice extends Base {
  readonly kind: 'choice';
  readonly start: string;
  readonly options: readonly string[];
}
export interface Toggle extends Base {
  readonly kind: 'toggle';
  readonly start: boolean;
}
/** A button; its value counts the presses. */
export interface Press extends Base {
  readonly kind: 'press';
  readonly start: number;
}
/** A drawing pad of size x size, ink 0 to 1; null: empty. */
export interface Drawing extends Base {
  readonly kind: 'drawing';
  readonly start: Float32Array | null;
  readonly size: number;
}
/** A curve drawn by hand: shares of signal (abar) at equal steps of t. */
export interface Curve extends Base {
  readonly kind: 'curve';
  readonly start: readonly number[];
}
/** Output: a sentence about what happens now. */
export interface Readout extends Base {
  readonly kind: 'readout';
  readonly start: Said | null;
}
/** Output: a live picture. */
export interface Picture extends Base {
  readonly kind: 'picture';
  readonly start: Shown | null;
}
/** A file that the visitor chose, read; without its bytes where it is larger than the control takes. */
export interface Chosen {
  readonly name: string;
  readonly size: number;
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
}
/** A file from the visitor's own device; null: none yet. */
export interface FileChoice extends Base {
  readonly kind: 'file';
  readonly start: Chosen | null;
  /** Endings that are offered first, as `.safetensors`. */
  readonly accept: string;
  /** Bytes; what is larger is not read. */
  readonly largest: number;
}
export type Control = FileChoice | Slider | Choice | Toggle | Press | Drawing | Curve | Readout | Picture;

type Widen<V> = V extends string ? string : V extends number ? number : V extends boolean ? boolean : V;
export type Values<L extends Record<string, Control>> = { readonly [N in keyof L]: Widen<L[N]['start']> };

export interface Controls<L extends Record<string, Control> = Record<string, Control>> {
  readonly room: string;
  readonly list: L;
  /** Hook and store of the present values: `useValues((v) => v.level)`, `useValues.getState()`. */
  readonly useValues: UseBoundStore<StoreApi<Values<L>>>;
  /** Sets one value; numbers are clamped and stepped, unknown options ignored. */
  set<N extends keyof L & string>(name: N, value: Values<L>[N]): void;
  /** Presses a button. */
  press(name: keyof L & string): void;
  reset(): void;
}

export const slider = (of: Omit<Slider, 'kind' | 'step'> & { step?: number }): Slider => ({
  kind: 'slider',
  step: (of.to - of.from) / 100,
  ...of,
});
export const choice = <O extends string>(
  of: Omit<Choice, 'kind' | 'options' | 'start'> & { options: readonly O[]; start: O | '' },
): Choice => ({ kind: 'choice', ...of });
export const toggle = (of: Omit<Toggle, 'kind'>): Toggle => ({ kind: 'toggle', ...of });
export const press = (of: Omit<Press, 'kind' | 'start'>): Press => ({ kind: 'press', start: 0, ...of });
export const drawing = (of: Omit<Drawing, 'kind' | 'start'>): Drawing => ({ kind: 'drawing', start: null, ...of });
export const curve = (of: Omit<Curve, 'kind'>): Curve => ({ kind: 'curve', ...of });
export const file = (of: Omit<FileChoice, 'kind' | 'start'>): FileChoice => ({ kind: 'file', start: null, ...of });
export const readout = (of: Omit<Readout, 'kind' | 'start'>): Readout => ({ kind: 'readout', start: null, ...of });
export const picture = (of: Omit<Picture, 'kind' | 'start'>): Picture => ({ kind: 'picture', start: null, ...of });

function legal(control: Control, value: unknown): boolean {
  if (control.kind === 'choice') return value === '' || control.options.includes(value as string);
  if (control.kind === 'slider') return typeof value === 'number' && Number.isFinite(value);
  return true;
}

/** Value as the control can hold it: sliders are clamped to their range and rounded to their step. */
function fitted(control: Control, value: unknown): unknown {
  if (control.kind !== 'slider') return value;
  const stepped = control.from + Math.round(((value as number) - control.from) / control.step) * control.step;
  return Math.min(control.to, Math.max(control.from, Number(stepped.toFixed(6))));
}

/** Whether two sentences say the same, to the last number. */
function isSame(one: Said | null, other: Said | null): boolean {
  if (one?.key !== other?.key) return false;
  const [a, b] = [one?.with ?? {}, other?.with ?? {}];
  return Object.keys({ ...a, ...b }).every((name) => a[name] === b[name]);
}

/** The controls of one room with a store of their values. */
export function controls<L extends Record<string, Control>>(room: string, list: L): Controls<L> {
  const start = Object.fromEntries(Object.entries(list).map(([name, control]) => [name, control.start])) as Values<L>;
  const useValues = create<Values<L>>()(() => start);
  const put = (name: string, value: unknown) => useValues.setState({ [name]: value } as Partial<Values<L>>);
  return {
    room,
    list,
    useValues,
    set(name, value) {
      const control = list[name];
      if (!control || !legal(control, value)) return;
      // A sentence said again is no news to those who show it.
      if (control.kind === 'readout' && isSame(useValues.getState()[name] as Said | null, value as Said | null)) return;
      put(name, fitted(control, value));
    },
    press(name) {
      put(name, (useValues.getState()[name] as number) + 1);
    },
    reset() {
      useValues.setState(start, true);
    },
  };
}
