// The order of a frame, in one table. None above 0: a positive priority stops React Three Fiber from drawing.
export const phase = { input: -40, visitor: -30, exhibits: -20, labels: -10 } as const;
