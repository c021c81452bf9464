// Geometries that every room shares; made once for the page, never thrown away.
import { BoxGeometry, CircleGeometry, CylinderGeometry, PlaneGeometry, SphereGeometry } from 'three';

export const plane = new PlaneGeometry(1, 1);
export const cube = new BoxGeometry(1, 1, 1);
export const disc = new CircleGeometry(0.5, 40);
export const ball = new SphereGeometry(0.5, 32, 20);
export const rod = new CylinderGeometry(0.5, 0.5, 1, 32);
