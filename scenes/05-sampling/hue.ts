// The accent of the racing hall, for its exhibits.
import room from './room';

export const { hue } = room;
