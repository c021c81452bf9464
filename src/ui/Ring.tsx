// The building seen from above: the atrium, the rooms that stand, and where the visitor is.
import type { CSSProperties } from 'react';
import { atrium, extent, lineThrough, outlines, stationAt, type Outline } from '../museum/plan';
import type { FoundRoom } from '../museum/rooms';
import { nameOf } from '../museum/route';
import { goTo, useVisit } from '../visit';
import { useRoute } from './useRoute';
import { VisitorMark } from './VisitorMark';

type Corner = readonly [x: number, z: number];
const points = (corners: readonly Corner[]) => corners.map(([x, z]) => `${x.toFixed(2)},${z.toFixed(2)}`).join(' ');

const classOf = (name: string, here: string) => `hued ring-room${name === here ? ' here' : ''}`;

export function Ring({ rooms, label }: { rooms: readonly FoundRoom[]; label: string }) {
  const here = useVisit((v) => v.room);
  const pictures = useVisit((v) => v.pictures);
  const isRouted = useVisit((v) => v.route > 0);
  // A route runs through the middle of the rooms: their numbers make way towards the back wall.
  const numberAt = ({ middle, back }: Pick<Outline, 'middle' | 'back'>) =>
    isRouted ? ([0, 1] as const).map((axis) => middle[axis] + 0.7 * (back[axis] - middle[axis])) : middle;
  const roomOf = (wanted: string) => rooms.find(({ name }) => name === wanted);
  return (
    <svg className="ring" viewBox={`${-extent} ${-extent} ${2 * extent} ${2 * extent}`} role="img" aria-label={label}>
      <polygon className="ring-atrium" points={points(atrium)} />
      {outlines.map(({ name, corners }) => (
        <g key={name} className={classOf(name, here)} style={{ '--hue': roomOf(name)?.hue } as CSSProperties}>
          <polygon points={points(corners)} onClick={() => goTo(name)} />
        </g>
      ))}
      <RouteLine />
      {outlines.map(({ name, ...outline }) => (
        <g key={name} className={classOf(name, here)} style={{ '--hue': roomOf(name)?.hue } as CSSProperties}>
          <text x={numberAt(outline)[0]} y={numberAt(outline)[1]} dy="0.36em">
            {roomOf(name)?.number}
          </text>
        </g>
      ))}
      {pictures && <VisitorMark />}
    </svg>
  );
}

/** The chosen route: a line through the rooms, a dot for each stop, a ring round the next one. */
function RouteLine() {
  const { route, next } = useRoute();
  if (route.length === 0) return null;
  return (
    <g className="ring-route">
      <polyline points={points(lineThrough(route))} />
      {route.map((station) => {
        const [cx, cy] = stationAt(station);
        const isNext = station === next;
        return <circle key={nameOf(station)} className={isNext ? 'next' : undefined} cx={cx} cy={cy} r={isNext ? 1.3 : 0.55} />;
      })}
    </g>
  );
}
