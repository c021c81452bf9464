// The building seen from above: the atrium, the rooms that stand, and where the visitor is.
import type { CSSProperties } from 'react';
import { atrium, extent, outlines } from '../museum/plan';
import type { FoundRoom } from '../museum/rooms';
import { goTo, useVisit } from '../visit';
import { VisitorMark } from './VisitorMark';

type Corner = readonly [x: number, z: number];
const points = (corners: readonly Corner[]) => corners.map(([x, z]) => `${x.toFixed(2)},${z.toFixed(2)}`).join(' ');

export function Ring({ rooms, label }: { rooms: readonly FoundRoom[]; label: string }) {
  const here = useVisit((v) => v.room);
  const pictures = useVisit((v) => v.pictures);
  return (
    <svg className="ring" viewBox={`${-extent} ${-extent} ${2 * extent} ${2 * extent}`} role="img" aria-label={label}>
      <polygon className="ring-atrium" points={points(atrium)} />
      {outlines.map(({ name, corners, middle: [x, z] }) => {
        const room = rooms.find((room) => room.name === name);
        const isHere = name === here;
        return (
          <g key={name} className={`hued ring-room${isHere ? ' here' : ''}`} style={{ '--hue': room?.hue } as CSSProperties}>
            <polygon points={points(corners)} onClick={() => goTo(name)} />
            <text x={x} y={z} dy="0.36em">
              {room?.number}
            </text>
          </g>
        );
      })}
      {pictures && <VisitorMark />}
    </svg>
  );
}
