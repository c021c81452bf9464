// What holds the panes: frames of brass with a rod under every row, posts down to the floor, a desk before each block, and a board on each bridge.
import { Euler, TorusGeometry, Vector3 } from 'three';
import { box, frame, lectern, type Piece } from '../../src/kit/furnish/pieces';
import type { Bridge, Layout, Station } from './layout';
import { board, boardOf, deskOf, tilt } from './desk';
import { bridge as deck } from './hall';
import type { V3 } from './panes';

/** Heights of the rods: under each row, and over the topmost. */
function rowsOf({ panes }: Station): number[] {
  const edges = panes.flatMap(({ at, height }) => [at[1] - height / 2 - 0.013, at[1] + height / 2 + 0.013]);
  return [...new Set(edges.map((y) => y.toFixed(3)))].map(Number);
}

function standing(station: Station): Piece[] {
  const [x, y, z] = station.at;
  const [w, h] = station.size;
  const bottom = Math.min(...station.panes.map(({ at, height }) => at[1] - height / 2));
  const middle: V3 = [x, bottom + h / 2, z];
  const top = bottom + h + 0.08 - y;
  const isEnd = station.role === 'input' || station.role === 'output';
  const outer = x < 0 ? -1 : 1;
  return [
    ...frame('brass', w + 0.07, h + 0.07, middle, [0, 0, 0], 0.03, 0.05),
    ...(isEnd ? [box('brass', [Math.abs(x), 0.05, 0.05], [x / 2, y + top - 0.02, z], [0, 0, 0], 0.01)] : []),
    ...rowsOf(station).map((row) => box('brass', [w + 0.07, 0.009, 0.018], [x, row, z], [0, 0, 0], 0.003)),
    // The ends share a beam, so that nothing stands between them.
    ...(isEnd ? [outer] : [-1, 1]).map((side) =>
      box('brass', [0.045, top, 0.05], [x + side * (w / 2 + 0.055), y + top / 2, z], [0, 0, 0], 0.01),
    ),
    ...(isEnd ? [outer] : [-1, 1]).map((side) =>
      box('wood', [0.2, 0.05, isEnd ? 0.2 : 0.4], [x + side * (w / 2 + 0.055), y + 0.025, z], [0, 0, 0], 0.015),
    ),
  ];
}

/** Rods bent around the middle, from the first column to the last. */
function bowed(station: Station): Piece[] {
  const [x, , z] = station.at;
  const turns = station.panes.map(({ turn }) => -turn);
  const [first, last] = [Math.min(...turns) - 0.05, Math.max(...turns) + 0.05];
  const radius = Math.hypot(station.panes[0]!.at[0] - x, station.panes[0]!.at[2] - z);
  const rods = rowsOf(station);
  const rod = (height: number): Piece => ({
    matter: 'brass',
    // A torus begins at +x and turns to +y; lain down and turned, its arc runs from `first` to `last` about -z.
    geometry: new TorusGeometry(radius, 0.006, 6, 64, last - first)
      .rotateX(-Math.PI / 2)
      .rotateY(Math.PI / 2 - last)
      .translate(x, height, z),
  });
  return rods.map(rod);
}

/** A sloping board on two arms that reach out from the rail and come up behind it. */
function railed(bridge: Bridge): Piece[] {
  const [x, y, z] = boardOf(bridge);
  const [width, height] = board.size;
  const behind = (by: number): V3 => {
    const v = new Vector3(0, 0, -by).applyEuler(new Euler(board.tilt, 0, 0));
    return [x, y + v.y, z + v.z];
  };
  const low = (bridge.start[1] + bridge.end[1]) / 2 + deck.rail - 0.3;
  const [near, far] = [z + board.off - deck.width / 2, z - 0.15];
  const top = y + 0.12;
  return [
    box('wood', [width + 0.1, height + 0.1, 0.05], behind(0.035), [board.tilt, 0, 0], 0.014),
    ...frame('brass', width, height, behind(0.006), [board.tilt, 0, 0], 0.012, 0.022),
    ...[-1, 1].flatMap((side): Piece[] => {
      const at = x + side * (width / 2 - 0.16);
      return [
        box('brass', [0.03, 0.03, near - far], [at, low, (near + far) / 2], [0, 0, 0], 0.006),
        box('brass', [0.03, top - low, 0.03], [at, (low + top) / 2, far], [0, 0, 0], 0.006),
      ];
    }),
  ];
}

export const standPieces = ({ stations, bridges }: Layout): Piece[] => [
  ...bridges.flatMap(railed),
  ...stations.flatMap((station) => {
    const stand = station.role === 'bottom' ? bowed(station) : standing(station);
    const desk = deskOf(station);
    if (!desk) return stand;
    const { at, turn, size } = desk;
    const floor = station.at[1];
    // A lectern stands on height 0: it is made there and let down to its floor.
    const lowered = lectern(...size, [at[0], at[1] - floor, at[2]], turn, tilt);
    lowered.forEach(({ geometry }) => geometry.translate(0, floor, 0));
    return [...stand, ...lowered];
  }),
];
