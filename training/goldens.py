"""Computes golden vectors: what the TypeScript forward of each network must reproduce.

All numbers are fp32, also classes. Pictures are NHWC, as in tfjs; points are [n,3].
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

import levels
from unet import UNet

STEPS = 10
BLOCKS = ("stem", "encoder1", "encoder2", "bottleneck", "decoder2", "decoder1")


def nhwc(pictures: Tensor) -> np.ndarray:
    return pictures.detach().permute(0, 2, 3, 1).contiguous().float().numpy()


def noised(clean: Tensor, noise: Tensor, log_snr: float) -> Tensor:
    """x at unit variance, as the network takes it."""
    level = torch.tensor(log_snr)
    return torch.sigmoid(level).sqrt() * clean + torch.sigmoid(-level).sqrt() * noise


@torch.no_grad()
def unet(model: UNet) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Golden of a U-Net (three predictions, the blocks of the first, one DDIM run) and its self-test."""
    generator = torch.Generator().manual_seed(2026)
    config = model.config
    shape = (1, config.channels, config.size, config.size)
    found: dict[str, np.ndarray] = {}

    label = torch.tensor([3])
    noise = torch.randn(shape, generator=generator)
    sigmas = levels.cosine_sigmas(STEPS)
    final, inputs, guesses = levels.ddim(lambda x, level: model(x, level, label), noise, sigmas)
    found["ddim.noise"], found["ddim.sigmas"], found["ddim.class"] = nhwc(noise), sigmas, label.float().numpy()
    found["ddim.x"], found["ddim.clean"] = nhwc(torch.cat(inputs)), nhwc(torch.cat(guesses))
    found["ddim.final"] = nhwc(final)

    seen: dict[str, Tensor] = {}
    hooks = [
        getattr(model, name).register_forward_hook(lambda _m, _i, out, name=name: seen.setdefault(name, out))
        for name in BLOCKS
    ]
    for index, (log_snr, kind) in enumerate(((1.25, 3), (-10.0, config.classes), (5.5, 7))):
        x = noised(final, torch.randn(shape, generator=generator), log_snr)
        level, label = torch.tensor([log_snr]), torch.tensor([kind])
        v = model(x, level, label)
        found[f"case{index}.x"], found[f"case{index}.v"] = nhwc(x), nhwc(v)
        found[f"case{index}.logSnr"], found[f"case{index}.class"] = level.numpy(), label.float().numpy()
        if index == 0:
            found["case0.condition"] = model.condition(level, label).numpy()
            found.update({f"case0.{name}": nhwc(value) for name, value in seen.items()})
    for hook in hooks:
        hook.remove()
    selftest = {name: found[f"case0.{name}"] for name in ("x", "logSnr", "class", "v")}
    return found, selftest
