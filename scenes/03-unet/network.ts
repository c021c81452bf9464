// Which network stands in the hall: the shipped one or the visitor's own, and the layout computed from its plan.
import { create } from 'zustand';
import type { Said } from '../../src/controls';
import type { Engine } from '../../src/engine';
import { codeOf } from '../../src/kit/watch';
import { useVisit } from '../../src/visit';
import { unet } from './controls';
import { great } from './great';
import { layoutOf, type Layout } from './layout';

interface Network {
  /** Undefined until the plan has come. */
  readonly layout: Layout | undefined;
}
export const useNetwork = create<Network>()(() => ({ layout: undefined }));

const shipped = 'digits';

/** Keeps the hall's network as the visitor chooses it; `changed` hears of every new one. Returns the function that ends it. */
export function openNetwork(engine: Engine, changed: (layout: Layout) => void): () => void {
  let turn = 0;

  function tell({ model, parameters }: Layout) {
    unet.set('networkSays', { key: model === shipped ? 'network.shipped' : 'network.own', with: { parameters } });
  }

  /** Says why the wish is not met, and sets the choice back to the network that stands, or to the museum's where none does. */
  function stay(why: Said) {
    const stands = useNetwork.getState().layout?.model ?? shipped;
    unet.set('network', stands === shipped ? 'shipped' : 'own');
    unet.set('networkSays', why);
  }

  async function take() {
    const mine = ++turn;
    const own = useVisit.getState().model;
    const isOwn = unet.useValues.getState().network === 'own';
    if (isOwn && own === '') return stay({ key: 'network.none' });
    const model = isOwn ? own : shipped;
    const stands = useNetwork.getState().layout;
    if (stands?.model === model) return tell(stands);
    try {
      await engine.load(model).result;
      const layout = layoutOf(await engine.plan(model));
      if (mine !== turn) return;
      if (!layout) return stay({ key: 'network.other' });
      useNetwork.setState({ layout });
      tell(layout);
      unet.set('ours', { key: 'ours', with: sizesOf(layout) });
      changed(layout);
    } catch (why) {
      if (mine !== turn) return;
      const failed = { key: `engine.error.${codeOf(why)}` };
      stay(failed);
      if (!useNetwork.getState().layout) unet.set('stepSays', failed);
    }
  }

  void take();
  const stopValues = unet.useValues.subscribe((now, before) => {
    if (now.network !== before.network) void take();
  });
  return () => {
    turn++;
    stopValues();
    useNetwork.setState({ layout: undefined });
  };
}

/** What the wall says of this network's size beside the great ones. */
function sizesOf({ parameters, operations, signal, scale }: Layout) {
  return {
    parameters,
    signal,
    operations: Number((operations / 1e6).toFixed(1)),
    times: Math.round(great[0].parameters / parameters),
    scale: scale * 1000,
  };
}
