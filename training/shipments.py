"""Makes a Shipment and the goldens of each model from its checkpoint."""

from __future__ import annotations

import hashlib
from argparse import Namespace

import numpy as np
import torch

import frechet
import goldens
from export import ROOT, Shipment, round_weights

MNIST = {
    "name": "MNIST, training split, 60,000 pictures, padded to 32x32",
    "licence": "CC BY-SA 3.0 as commonly distributed",
    "credit": "MNIST, Y. LeCun, C. Cortes, C. J. C. Burges; from NIST Special Databases 1 and 3",
}
PAIRS = 32  # of real draws, for the sliced Wasserstein distance of real against real
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
        recipe={**told(state), **state["recipe"]},
    )
    golden, selftest = goldens.unet(module)
    return shipment, {"digits.golden": golden}, {"selftest": selftest}


def judge(state: dict, args: Namespace) -> tuple[Shipment, dict, dict]:
    from data import mnist
    from judge import HELD, Judge, JudgeConfig, folded, pictures, read

    trained = Judge(JudgeConfig(**{k: tuple(v) if isinstance(v, list) else v for k, v in state["config"].items()}))
    trained.load_state_dict(state["average"])
    module = folded(trained.eval())
    round_weights(module)

    data = mnist(args.data)
    logits, features = read(module, pictures(data["x_test"]))
    right = float(np.mean(logits.argmax(1).numpy() == data["y_test"]))
    mean, covariance = frechet.moments(features.numpy())
    # Rounded first: the distance of real digits must be taken to the statistics that ship.
    shipped = {"mean": mean.astype(np.float32), "covariance": covariance.astype(np.float32)}
    shipped["root"] = frechet.root(covariance).astype(np.float32)
    shipped["classCounts"] = np.bincount(data["y_test"], minlength=10).astype(np.float32)
    held = read(module, pictures(data["x_train"][-HELD:]))[1].numpy()
    real: dict = {
        "how": "mean over disjoint draws of n of the 10,000 training pictures that the judge never saw, "
        "against the statistics of the 10,000 test pictures",
    }
    for n in (2000, 1000):
        found = frechet.real_distances(held, shipped["mean"].astype(float), shipped["root"].astype(float), n)
        real[str(n)] = round(float(np.mean(found)), 4)
        real[f"{n}Draws"] = [round(value, 4) for value in found]
    shipment = Shipment(
        network="judge",
        module=module,
        config=module.config.as_dict(),
        prediction="logits",
        schedule=None,
        classes=DIGITS,
        data={**MNIST, "name": f"MNIST, training split without its last {HELD:,} pictures, padded to 32x32", "sha256": state["data"]},
        recipe=told(state),
        figures={"accuracy": right, "accuracyPictures": len(data["y_test"]), "realFd": real},
    )
    drawer = digits_model(torch.load(ROOT / "runs/digits/resume.pt", map_location="cpu"))
    golden, selftest = goldens.judge(module, drawer)
    return shipment, {"judge.golden": golden}, {"selftest": selftest, "statistics": shipped}


def cloud(state: dict, _args: Namespace) -> tuple[Shipment, dict, dict]:
    from cloud import average_of, real, sliced

    module = average_of(state)
    round_weights(module)
    recipe = (ROOT / "training/emblems.py").read_bytes()
    shipment = Shipment(
        network="cloud",
        module=module,
        config=module.config.as_dict(),
        prediction="v",
        classes=state["shapes"],
        data={
            "name": "points computed by training/emblems.py, without end",
            "sha256": hashlib.sha256(recipe).hexdigest(),
            "licence": "that of this repository",
            "credit": "this museum; the heart is the sextic of G. Taubin (1994)",
        },
        recipe=told(state),
    )
    reference: dict[str, np.ndarray] = {}
    for name in state["shapes"]:
        for seed, letter in enumerate("ab"):
            reference[f"{name}.{letter}"] = real(name, seed).numpy().astype(np.float16)
        # Many pairs of independent draws: one pair alone scatters by a quarter of its mean.
        pairs = [(real(name, 2 * i), real(name, 2 * i + 1), torch.Generator().manual_seed(i)) for i in range(PAIRS)]
        reference[f"{name}.real"] = np.float32([np.mean([sliced(*pair) for pair in pairs])])
    golden, selftest = goldens.cloud(module)
    return shipment, {"cloud.golden": golden, "cloud.reference": reference}, {"selftest": selftest}


SHIPMENTS = {"digits": digits, "judge": judge, "cloud": cloud}
