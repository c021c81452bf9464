// A visitor's drawing as the digit model knows digits: the kit's, which other rooms use as well.
export { centred, side } from '../../src/kit/drawn';
