// Names that controls offer; apart from what they stand for, since controls come with the page itself.

export const classes = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
export const shapes = ['heart', 'knot', 'spiral'] as const;
export type Shape = (typeof shapes)[number];
