"""Makes a Shipment and the goldens of each model from its checkpoint."""

from __future__ import annotations

from argparse import Namespace

import torch

import goldens
from export import Shipment, round_weights

MNIST = {
    "name": "MNIST, training split, 60,000 pictures, padded to 32x32",
    "licence": "CC BY-SA 3.0 as commonly distributed",
    "credit": "MNIST, Y. LeCun, C. Cortes, C. J. C. Burges; from NIST Special Databases 1 and 3",
}
DIGITS = [str(digit) for digit in range(10)]


def digits_model(state: dict) -> torch.nn.Module:
    """The digit U-Net with its averaged weights."""
    from unet import UNet, UNetConfig

    module = UNet(UNetConfig(**{k: tuple(v) if isinstance(v, list) else v for k, v in state["config"].items()}))
    module.load_state_dict(state["average"])
    round_weights(module)
    return module.eval()


def told(state: dict) -> dict:
    """What a checkpoint knows of its own training, for the card."""
    return {"samples": state["seen"], "steps": state["step"], "minutes": f"{state['trained'] / 60:.0f}"}


def digits(state: dict, _args: Namespace) -> tuple[Shipment, dict, dict]:
    module = digits_model(state)
    shipment = Shipment(
        network="unet",
        module=module,
        config=module.config.as_dict(),
        prediction="v",
        classes=DIGITS,
        data={**MNIST, "sha256": state["data"]},
        recipe=told(state),
    )
    golden, selftest = goldens.unet(module)
    return shipment, {"digits.golden": golden}, {"selftest": selftest}


SHIPMENTS = {"digits": digits}
