// How many examples are computed at once: as many as a budget of time allows, fewer where memory runs out.

/** A piece that took less than this share of the budget may grow; one that is sized anew aims at `aim` of it. */
const roomy = 0.6;
const aim = 0.85;

export class Pieces {
  private size: number;
  /** Memory has run out at twice this. */
  private limit: number;
  reduced = false;

  constructor(
    private readonly batch: number,
    /** The size where there is no budget, by the backend. */
    private readonly fixed: () => number,
    /** Ms. */
    public budget: number | undefined,
  ) {
    this.limit = batch;
    // The first piece compiles and is no measure; a small one is soon over.
    this.size = 1;
  }

  get present(): number {
    return Math.min(this.limit, this.budget === undefined ? Math.min(this.batch, this.fixed()) : this.size);
  }

  /** A piece of `count` took so long, ms. */
  took(count: number, milliseconds: number): void {
    if (this.budget === undefined) return;
    const fits = Math.max(1, Math.floor((count * this.budget * aim) / Math.max(0.01, milliseconds)));
    if (milliseconds > this.budget) this.size = Math.min(fits, Math.max(1, count - 1));
    // A rest of a batch says little of a whole piece; and no more than doubled, since what is fixed in a piece is not known.
    else if (milliseconds < roomy * this.budget && count >= this.size) this.size = Math.min(this.batch, fits, 2 * count);
  }

  /** Halves the pieces for good; false where they cannot be smaller. */
  shrink(): boolean {
    if (this.present === 1) return false;
    this.limit = this.present >> 1;
    return (this.reduced = true);
  }
}
