"""Writes what the museum ships of a trained model: fp16 weights, manifest, card, self-test and goldens.

python3 training/export.py digits --run runs/digits [--figures figures.json]
python3 training/export.py digits --figures figures.json --stamp    adds figures to what ships; needs no checkpoint
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import nn

import tensors
from levels import SIGMA_MAX, SIGMA_MIN

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Shipment:
    """All that is written of one model; `training/shipments.py` makes one for each model."""

    network: str  # which forward of src/engine/networks computes it: unet, cloud, judge
    module: nn.Module  # with its final weights; they are rounded to fp16 before goldens are computed
    config: dict
    prediction: str
    data: dict[str, str]  # name, sha256, licence, credit
    recipe: dict  # samples, steps, minutes and what else the card tells
    classes: list[str] = field(default_factory=list)
    figures: dict = field(default_factory=dict)  # measured at export; `evaluate` adds its own
    extra: dict = field(default_factory=dict)  # further keys of the manifest
    schedule: str | None = "cosine"


def layout(name: str, array: np.ndarray, module: nn.Module) -> np.ndarray:
    """From torch's layout to that of tfjs: conv [out,in,kh,kw] to [kh,kw,in,out], dense [out,in] to [in,out]."""
    owner = module.get_submodule(name.rpartition(".")[0])
    if isinstance(owner, nn.Conv2d) and array.ndim == 4:
        return array.transpose(2, 3, 1, 0)
    if isinstance(owner, nn.Linear) and array.ndim == 2:
        return array.T
    return array


def unfold(name: str, array: np.ndarray, config: dict) -> np.ndarray:
    """Folded pixels are (channel, row, column) in torch and (row, column, channel) in tfjs' depthToSpace."""
    if config.get("patch", 1) == 1 or not name.startswith(("stem.", "head.")):
        return array
    order = np.arange(config["channels"] * config["patch"] ** 2)
    order = order.reshape(config["channels"], config["patch"], config["patch"]).transpose(1, 2, 0).ravel()
    if name == "stem.weight":
        return array[:, :, order, :]
    return array[..., order] if name.startswith("head.") else array


def round_weights(module: nn.Module) -> None:
    """Rounds every weight to fp16, kept in fp32: goldens must be those of the weights that ship."""
    with torch.no_grad():
        for name, value in module.state_dict().items():
            if not bool(torch.isfinite(value).all()) or float(value.abs().max()) > 60000:
                raise SystemExit(f"{name} has numbers that fp16 cannot hold")
            value.copy_(value.half().float())


def shipped(module: nn.Module, config: dict) -> dict[str, np.ndarray]:
    """The weights by name, in the layout that ships, fp16."""
    found = {}
    for name, value in module.state_dict().items():
        array = unfold(name, layout(name, value.cpu().numpy(), module), config)
        found[name] = np.ascontiguousarray(array).astype(np.float16)
    return found


UNMEASURED = "Not yet measured for these weights."


def table(figures: dict) -> str:
    """Figures as the card shows them."""
    rows = "\n".join(f"| {name} | {json.dumps(value)} |" for name, value in figures.items())
    return f"| figure | value |\n| --- | --- |\n{rows}" if rows else UNMEASURED


def card(model: str, shipment: Shipment, manifest: dict) -> str:
    """The model card: the text of training/cards/<model>.md with its numbers filled in."""
    text = (ROOT / "training/cards" / f"{model}.md").read_text()
    figures = table(manifest["figures"])
    values = {
        **shipment.recipe,
        "parameters": f"{manifest['parameters']:,}",
        "bytes": f"{manifest['weights']['bytes']:,}",
        "sha256": manifest["weights"]["sha256"],
        "data_name": shipment.data["name"],
        "data_sha256": shipment.data["sha256"],
        "licence": shipment.data["licence"],
        "credit": shipment.data.get("credit", ""),
        "figures": figures,
    }
    return text.format(**{key: f"{v:,}" if isinstance(v, int) else v for key, v in values.items()})


def short_lists(text: str) -> str:
    """JSON with each list of numbers or words on one line."""
    return re.sub(r"\[[^\[\]{}]*\]", lambda found: re.sub(r"\s*\n\s*", " ", found.group()), text)


def entry(name: str, raw: bytes) -> dict:
    return {"file": f"{name}.safetensors", "bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}


def belonging(figures: dict, digest: str) -> dict:
    """The figures of `npm run evaluate` as the manifest keeps them; refuses those of other weights."""
    if figures.get("weights", digest) != digest:
        raise SystemExit("These figures were measured on other weights: run `npm run evaluate` again")
    return {name: value for name, value in figures.items() if name not in ("model", "weights")}


def stamp(model: str, figures: dict) -> None:
    """Writes figures into the manifest and the card that ship; the weights stay as they are."""
    folder = ROOT / "assets/weights" / model
    manifest = json.loads((folder / "manifest.json").read_text())
    text = (folder / "card.md").read_text()
    before = table(manifest["figures"])
    if before not in text:
        raise SystemExit(f"The card of {model} shows other figures than its manifest: export it anew")
    manifest["figures"].update(belonging(figures, manifest["weights"]["sha256"]))
    (folder / "manifest.json").write_text(short_lists(json.dumps(manifest, indent=1)) + "\n")
    (folder / "card.md").write_text(text.replace(before, table(manifest["figures"])))


def write(model: str, shipment: Shipment, beside: dict, figures: dict | None) -> dict:
    """Writes weights, the files beside them, manifest and card of `model`; returns the manifest."""
    folder = ROOT / "assets/weights" / model
    before = folder / "manifest.json"
    weights = shipped(shipment.module, shipment.config)
    files = {
        name: entry(name, tensors.write(folder / f"{name}.safetensors", arrays))
        for name, arrays in {"weights": weights, **beside}.items()
    }
    digest = files["weights"]["sha256"]
    kept: dict = belonging(figures, digest) if figures else {}
    if figures is None and before.exists():
        # Figures belong to one set of weights: they stay only where the weights stayed.
        old = json.loads(before.read_text())
        kept = old["figures"] if old["weights"]["sha256"] == digest else {}
    manifest = {
        "model": model,
        "network": shipment.network,
        "config": shipment.config,
        "parameters": int(sum(array.size for array in weights.values())),
        "prediction": shipment.prediction,
        **({"schedule": shipment.schedule, "sigmaMin": SIGMA_MIN, "sigmaMax": SIGMA_MAX} if shipment.schedule else {}),
        "classes": shipment.classes,
        **files,
        "tensors": {name: {"shape": list(array.shape), "dtype": "F16"} for name, array in weights.items()},
        "limit": float(max(np.abs(array).max() for array in weights.values())),
        "data": shipment.data,
        **shipment.extra,
        "figures": {**shipment.figures, **kept},
    }
    before.write_text(short_lists(json.dumps(manifest, indent=1)) + "\n")
    (folder / "card.md").write_text(card(model, shipment, manifest))
    return manifest


def main() -> None:
    from shipments import SHIPMENTS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", choices=sorted(SHIPMENTS))
    parser.add_argument("--run", help="folder with resume.pt; runs/<model> if not given")
    parser.add_argument("--data", default="data/mnist", help="MNIST folder, for judge only")
    parser.add_argument("--figures", help="JSON written by `npm run evaluate`")
    parser.add_argument("--stamp", action="store_true", help="only add --figures to the manifest and card that ship")
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    figures = json.loads(Path(args.figures).read_text()) if args.figures else None
    if args.stamp:
        if figures is None:
            raise SystemExit("--stamp needs --figures FILE")
        stamp(args.model, figures)
        return
    run = Path(args.run or ROOT / "runs" / args.model)
    if not (run / "resume.pt").exists():
        raise SystemExit(f"{run / 'resume.pt'} not found: train the model first, or name its folder with --run")
    state = torch.load(run / "resume.pt", map_location="cpu")
    prepare = SHIPMENTS[args.model]
    shipment, goldens, beside = prepare(state, args)
    manifest = write(args.model, shipment, beside, figures)
    for name, arrays in goldens.items():
        tensors.write(ROOT / "tests/fixtures" / f"{name}.safetensors", arrays)
    print(f"{args.model}: {manifest['parameters']:,} parameters, {manifest['weights']['bytes']:,} bytes")


if __name__ == "__main__":
    main()
