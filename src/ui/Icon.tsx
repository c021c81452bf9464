// The few signs of the interface, drawn with one line width.
const lines = {
  plan: 'M12 3a9 9 0 1 0 9 9M12 8a4 4 0 1 0 4 4M12 3v5M21 12h-5M4.2 7.5l4.3 2.4',
  sound: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  silence: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5',
  words: 'M5 5h14M5 9.7h14M5 14.3h14M5 19h8',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.8v4.4M9 14.8v4.4',
  help: 'M9.2 9.3a2.9 2.9 0 1 1 4.3 2.6c-.9.5-1.5 1.1-1.5 2.3M12 17.6v.1M12 3a9 9 0 1 0 .01 0',
  again: 'M5 12a7 7 0 1 0 2.3-5.2M5 4v4h4',
  headset: 'M4 8.5h16v7.5h-5l-1.6-2.2h-2.8L9 16H4zM8 11.8v.1M16 11.8v.1',
  close: 'M6 6l12 12M18 6L6 18',
} as const;
export type IconName = keyof typeof lines;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={lines[name]} />
    </svg>
  );
}
