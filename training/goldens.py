"""Computes golden vectors: what the TypeScript forward of each network must reproduce.

All numbers are fp32, also classes. Pictures are NHWC, as in tfjs; points are [n,3]. `x` is always what the network takes:
(clean + sigma noise) / sqrt(1 + sigma^2). In `ddim.*`, x[i] and clean[i] belong to sigmas[i]; sigmas ends with 0; the first x is
noise * sigma / sqrt(1 + sigma^2); log-SNR is -2 ln sigma within -10 to 10; nothing is clipped.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

import levels
from cloud import Cloud
from judge import Judge
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
        getattr(model, name).register_forward_hook(lambda _m, _i, out, name=name: seen.update({name: out}))
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


@torch.no_grad()
def judge(model: Judge, drawer: UNet) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Golden of the judge (eight pictures drawn by the digit model, their features and logits) and its self-test, the first of them."""
    label = torch.tensor([0, 1, 2, 3, 4, 5, 7, 9])
    shape = (len(label), drawer.config.channels, drawer.config.size, drawer.config.size)
    noise = torch.randn(shape, generator=torch.Generator().manual_seed(2027))
    drawn = levels.ddim(lambda x, level: drawer(x, level, label), noise, levels.cosine_sigmas(20))[0].clamp(-1, 1)
    logits, features = model(drawn)
    found = {"x": nhwc(drawn), "logits": logits.numpy(), "features": features.numpy()}
    selftest = {name: found[name][:1] for name in ("x", "logits")}
    return {**found, "class": label.float().numpy()}, selftest


@torch.no_grad()
def cloud(model: Cloud) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Golden of the cloud (three predictions of 64 points, the layers of the first, one DDIM run) and its self-test."""
    generator = torch.Generator().manual_seed(2028)
    found: dict[str, np.ndarray] = {}

    def predict(x: Tensor, level: Tensor, label: Tensor) -> Tensor:
        return model(x[None], level[:1], label)[0]

    label = torch.tensor([0])
    noise = torch.randn(64, model.config.points, generator=generator)
    sigmas = levels.cosine_sigmas(STEPS)
    final, inputs, guesses = levels.ddim(lambda x, level: predict(x, level, label), noise, sigmas)
    found["ddim.noise"], found["ddim.sigmas"], found["ddim.class"] = noise.numpy(), sigmas, label.float().numpy()
    found["ddim.x"], found["ddim.clean"] = torch.stack(inputs).numpy(), torch.stack(guesses).numpy()
    found["ddim.final"] = final.numpy()

    seen: dict[str, Tensor] = {}
    hooks = [
        module.register_forward_hook(lambda _m, _i, out, name=name: seen.update({name: out}))
        for name, module in [("stem", model.stem), ("waves", model.waves), ("gain", model.gain)]
        + [(f"layers.{index}", layer) for index, layer in enumerate(model.layers)]
    ]
    for index, (log_snr, kind) in enumerate(((1.25, 0), (-10.0, model.config.classes - 1), (7.5, 2))):
        x = noised(final, torch.randn(final.shape, generator=generator), log_snr)
        level, label = torch.tensor([log_snr]), torch.tensor([kind])
        found[f"case{index}.x"], found[f"case{index}.v"] = x.numpy(), predict(x, level, label).numpy()
        found[f"case{index}.logSnr"], found[f"case{index}.class"] = level.numpy(), label.float().numpy()
        if index == 0:
            found["case0.condition"] = model.condition(level, label).numpy()
            found.update({f"case0.{name}": np.ascontiguousarray(out[0].numpy()) for name, out in seen.items()})
    for hook in hooks:
        hook.remove()
    selftest = {name: found[f"case0.{name}"] for name in ("x", "logSnr", "class", "v")}
    return found, selftest
