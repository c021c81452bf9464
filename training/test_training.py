"""Checks the training code without training or data: python3 training/test_training.py."""

from __future__ import annotations

import argparse
import math
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import cloud
import data
import emblems
import export
import frechet
import judge
import levels
import loop
import tensors
from unet import UNet, UNetConfig


def near(a, b, limit: float = 1e-5) -> bool:
    return float(np.abs(np.asarray(a, float) - np.asarray(b, float)).max()) <= limit


def test_safetensors_come_back_and_lie_aligned() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.safetensors"
        given = {"odd": np.arange(3, dtype=np.float16), "wide": np.ones((2, 3), np.float32)}
        raw = tensors.write(path, given)
        assert (8 + int.from_bytes(raw[:8], "little")) % 8 == 0
        found = tensors.read(path)
        assert all((found[name] == given[name]).all() and found[name].dtype == given[name].dtype for name in given)


def test_folded_pixels_ship_in_the_order_of_depth_to_space() -> None:
    torch.manual_seed(0)
    config = UNetConfig(size=8, channels=3, patch=2)
    model = UNet(config)
    torch.nn.init.normal_(model.head.weight)
    export.round_weights(model)
    shipped = export.shipped(model, config.as_dict())
    assert shipped["encoder1.0.film.weight"].shape == (config.embedding, 2 * config.widths[0])
    x = torch.randn(1, 3, 8, 8)
    folded = x[0].permute(1, 2, 0).reshape(4, 2, 4, 2, 3).permute(0, 2, 1, 3, 4).reshape(4, 4, 12)
    weight = torch.from_numpy(shipped["stem.weight"].astype(np.float32)).permute(3, 2, 0, 1)
    ours = F.conv2d(folded.permute(2, 0, 1)[None], weight, model.stem.bias, padding=1)
    assert near(ours.detach(), model.stem(F.pixel_unshuffle(x, 2)).detach())
    h = torch.randn(1, config.widths[0], 4, 4)
    weight = torch.from_numpy(shipped["head.weight"].astype(np.float32)).permute(3, 2, 0, 1)
    bias = torch.from_numpy(shipped["head.bias"].astype(np.float32))
    ours = F.conv2d(h, weight, bias, padding=1)[0].permute(1, 2, 0).reshape(4, 4, 2, 2, 3)
    ours = ours.permute(0, 2, 1, 3, 4).reshape(8, 8, 3).permute(2, 0, 1)
    assert near(ours.detach(), F.pixel_shuffle(model.head(h), 2)[0].detach())


def test_cosine_levels_begin_at_the_largest_and_end_clean() -> None:
    sigmas = levels.cosine_sigmas(10)
    assert len(sigmas) == 11 and sigmas[-1] == 0 and (np.diff(sigmas) < 0).all()
    assert near(sigmas[0], math.exp(5), 1e-4)
    log_snr = levels.cosine_log_snr(torch.tensor([1.0, 0.9, 0.5, 0.1]))
    ours = [levels.log_snr_of(float(sigmas[i])) for i in (0, 1, 5, 9)]
    assert near(log_snr, ours, 2e-3)


def test_ddim_is_exact_for_one_point_and_known_for_a_gaussian() -> None:
    sigmas, noise, point = levels.cosine_sigmas(7), torch.randn(5, 3), torch.tensor([0.3, -1.0, 2.0])

    def to_point(x, log_snr):  # v = alpha noise - sigma clean, with noise = (x - alpha clean) / sigma
        alpha, sigma = (torch.sigmoid(s * log_snr).sqrt()[:, None] for s in (1, -1))
        return alpha * (x - alpha * point) / sigma - sigma * point

    # The first x holds no trace of the point, as in the engine: an error of about 1 / sigmaMax there.
    assert near(levels.ddim(to_point, noise, sigmas)[0], point.expand(5, 3), 1e-4)
    # For data N(0,1) the best v is 0, and each step shrinks x by the cosine of the angle it turns.
    angle = np.arctan(sigmas.astype(float))
    shrink = np.sin(angle[0]) * np.cos(-np.diff(angle)).prod()
    assert near(levels.ddim(lambda x, _l: torch.zeros_like(x), noise, sigmas)[0], noise * shrink)


def test_judge_folds_its_norms_without_change() -> None:
    torch.manual_seed(0)
    model = judge.Judge(judge.JudgeConfig())
    for module in model.modules():
        if isinstance(module, (torch.nn.BatchNorm2d, torch.nn.BatchNorm1d)):
            for value in (module.weight, module.running_var):
                torch.nn.init.uniform_(value, 0.5, 2)
            for value in (module.bias, module.running_mean):
                torch.nn.init.normal_(value)
    x = torch.randn(3, 1, 32, 32)
    for ours, theirs in zip(judge.folded(model.eval())(x), model(x)):
        assert near(ours.detach(), theirs.detach(), 1e-4)


def test_frechet_distance_of_known_gaussians() -> None:
    covariance = np.diag([1.0, 4.0, 0.25])
    real_root = frechet.root(covariance)
    assert near(frechet.distance(np.zeros(3), covariance, np.zeros(3), real_root), 0, 1e-9)
    assert near(frechet.distance(np.ones(3), covariance, np.zeros(3), real_root), 3, 1e-9)
    assert near(frechet.distance(np.zeros(3), 4 * covariance, np.zeros(3), real_root), covariance.trace(), 1e-9)


def test_emblems_are_centred_and_of_unit_variance() -> None:
    for name in emblems.EMBLEMS:
        points = emblems.sample(name, np.random.default_rng(1), 20_000)
        assert points.shape == (20_000, 3) and points.dtype == np.float32 and np.isfinite(points).all(), name
        assert near(points.mean(0), 0, 0.05) and near((points**2).mean(), 1, 0.05), name


def test_sliced_distance_of_a_shift() -> None:
    points = torch.randn(500, 3)
    found = cloud.sliced(points, points + torch.tensor([1.0, 0, 0]), torch.Generator().manual_seed(0), 4096)
    assert near(found, 0.5, 0.02)  # the mean of |cosine| over the sphere


def test_points_of_the_cloud_are_independent() -> None:
    torch.manual_seed(0)
    model = cloud.Cloud(cloud.CloudConfig())
    torch.nn.init.normal_(model.head.weight)
    x, log_snr, label = torch.randn(2, 4, 3), torch.tensor([0.5, -2.0]), torch.tensor([1, 5])
    whole = model(x, log_snr, label)
    assert near(whole[1, 2:3].detach(), model(x[1:, 2:3], log_snr[1:], label[1:])[0].detach())
    assert sum(p.numel() for p in model.parameters()) <= 160_000


def test_an_interrupted_training_goes_on() -> None:
    with tempfile.TemporaryDirectory() as folder:
        args = argparse.Namespace(out=folder, minutes=1e-9, batch=4, rate=1e-2, decay=0.0, seed=1, device="cpu")
        args.average, args.compile = 0.9, False
        model = torch.nn.Linear(2, 1)
        loop.train(model, lambda m, g: m(torch.randn(4, 2, generator=g)).pow(2).mean(), args, {"config": {}})
        state = torch.load(Path(folder) / "resume.pt")
        state.update(step=41, trained=0.0)
        torch.save(state, Path(folder) / "resume.pt")
        args.minutes = 1e-6
        loop.train(model, lambda m, g: m(torch.randn(4, 2, generator=g)).pow(2).mean(), args, {"config": {}})
        assert torch.load(Path(folder) / "resume.pt")["step"] > 41


def test_mnist_is_read_as_idx_and_missing_data_is_named() -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            data.mnist(folder)
            raise AssertionError("no message for missing data")
        except SystemExit as message:
            assert "--data" in str(message)
        for name, stem in data.NAMES.items():
            rank = 3 if name.startswith("x") else 1
            shape = (2, 28, 28)[:rank]
            head = bytes([0, 0, 8, rank]) + np.array(shape, ">u4").tobytes()
            (Path(folder) / stem).write_bytes(head + bytes(math.prod(shape)))
        found = data.mnist(folder)
        assert found["x_train"].shape == (2, 28, 28) and found["y_test"].shape == (2,)


def main() -> None:
    torch.set_num_threads(1)
    tests = {name: test for name, test in globals().items() if name.startswith("test_")}
    for name, test in tests.items():
        test()
        print("ok", name[5:].replace("_", " "))
    print(f"{len(tests)} passed")


if __name__ == "__main__":
    main()
