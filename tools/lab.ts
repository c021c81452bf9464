// npm run lab -- digits|recording: makes what the training lab ships, by hand and by the museum's own engine.
import '../bench/training/urls';

const help = `npm run lab -- digits|recording
  digits      2,048 digits that the digit model draws and the judge is sure of: assets/data/digits.png and digits.json
  recording   a run of the lab's own training on 512 of them: assets/data/recording.json and recording.png (some 15 minutes)`;

const parts: Record<string, () => Promise<void>> = {
  digits: async () => (await import('./lab/digits')).digits(),
  recording: async () => (await import('./lab/recording')).recording(),
};

async function main(): Promise<void> {
  const [name = '', ...more] = process.argv.slice(2);
  if (more.length > 0 || !Object.hasOwn(parts, name)) throw new Error(help);
  await parts[name]!();
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
