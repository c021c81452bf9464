// Drawing on canvases that are kept in main memory. One on the graphics card lets the page wait for the card whenever it is drawn on,
// and the card is busy with the museum.

/** The 2-D context of a canvas; null where the browser gives none. */
export const penOf = (canvas: HTMLCanvasElement): CanvasRenderingContext2D | null => canvas.getContext('2d', { willReadFrequently: true });
