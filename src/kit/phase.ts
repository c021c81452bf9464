// The order of a frame, in one table. Above 0 is drawing alone: a positive priority takes it from React Three Fiber.
export const phase = { input: -40, visitor: -30, exhibits: -20, labels: -10, draw: 1 } as const;
