"""Trains the digit U-Net: v-prediction, cosine schedule, class dropout 0.1, EMA.

python3 training/digits.py --data FOLDER --minutes 95 --out runs/digits
An interrupted run goes on from its last checkpoint when started again with the same --out. --grow starts from a
checkpoint of a shallower U-Net: the units that it lacks begin as the identity. `torchrun --nproc_per_node 2` shares each batch
among processes, which on a processor with other work wait for each other once a step instead of once an operation.
On CUDA a whole step is one recorded graph in bfloat16, drawn pictures and noise included, so that the host is never waited for.
"""

from __future__ import annotations

import argparse
import math
import os
import time
from pathlib import Path
from typing import Callable

import numpy as np
import torch
from torch import Tensor, distributed
from torch.nn import functional as F

from data import digest, mnist, pad32
from levels import cosine_log_snr
from unet import UNet, UNetConfig


# Shares of the training and the times that they lie below: --focus shape gives most of it to where a digit takes its shape, sigma 0.5 to 11;
# `even` treats all times nearly alike, so that strokes become as sharp and as varied as real ones.
TIMES = {
    "shape": ([0.0, 0.08, 0.97, 1.0], [0.0, 0.28, 0.94, 1.0]),
    "even": ([0.0, 0.3, 0.97, 1.0], [0.0, 0.3, 0.94, 1.0]),
}


def times_of(share: Tensor, focus: str) -> Tensor:
    """Times of uniform draws in 0 to 1: piecewise linear through TIMES[focus]."""
    total = torch.zeros_like(share)
    shares, times = TIMES[focus]
    for left, right, low, high in zip(shares, shares[1:], times, times[1:]):
        total = total + (share - left).clamp(0, right - left) * ((high - low) / (right - left))
    return total


def loss_of(model: UNet, clean: Tensor, label: Tensor, share: Tensor, noise: Tensor, focus: str) -> Tensor:
    """Mean squared error of v (Salimans and Ho 2022) at the times of `share`, one uniform draw a picture."""
    log_snr = cosine_log_snr(times_of(share, focus))
    alpha = torch.sigmoid(log_snr).sqrt()[:, None, None, None]
    sigma = torch.sigmoid(-log_snr).sqrt()[:, None, None, None]
    noisy = (alpha * clean + sigma * noise).contiguous(memory_format=torch.channels_last)
    with torch.autocast("cuda", torch.bfloat16, enabled=clean.is_cuda):
        v = model(noisy, log_snr, label)
    return F.mse_loss(v.float(), alpha * noise - sigma * clean)


def record(
    model: UNet, run: Callable, optimiser: torch.optim.Optimizer, average: dict[str, Tensor], pictures: Tensor, labels: Tensor,
    args: argparse.Namespace,
) -> Callable[[float, float], Tensor]:
    """A step of training on CUDA as one graph: (rate, decay of the average) to the loss, a number on the device."""
    batch, device = args.batch, pictures.device
    rate, fresh = torch.zeros((), device=device), torch.zeros((), device=device)
    for group in optimiser.param_groups:
        group["lr"] = rate
    strata = torch.arange(batch, device=device)
    found, kept = list(model.state_dict().values()), list(average.values())

    def one() -> Tensor:
        rows = torch.randint(len(pictures), (batch,), device=device)
        clean = pictures[rows].float().div(127.5).sub(1)[:, None]
        label = torch.where(torch.rand(batch, device=device) < 0.1, model.config.classes, labels[rows])
        share = (strata + torch.rand(batch, device=device)) / batch  # rows are drawn at random, strata need not be
        loss = loss_of(run, clean, label, share, torch.randn_like(clean), args.focus)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        with torch.no_grad():
            torch._foreach_add_(kept, torch._foreach_mul(torch._foreach_sub(found, kept), fresh))
        return loss.detach()

    torch.cuda.synchronize()
    aside = torch.cuda.Stream()
    with torch.cuda.stream(aside):
        for _ in range(3):  # at rate 0: compiles, and makes the optimiser's state
            one()
    torch.cuda.synchronize()
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        loss = one()

    def step(new_rate: float, decay: float) -> Tensor:
        rate.fill_(new_rate)
        fresh.fill_(1 - decay)
        graph.replay()
        return loss

    return step


def average_over(ranks: int, model: UNet, own: float) -> float:
    """Makes the gradients of all processes their mean; returns the mean of `own`, one number of each."""
    if ranks == 1:
        return own
    gradients = [value.grad for value in model.parameters()]
    flat = torch.cat([torch.tensor([own]), *(gradient.flatten() for gradient in gradients)])
    distributed.all_reduce(flat)
    flat /= ranks
    for gradient, mean in zip(gradients, flat[1:].split([gradient.numel() for gradient in gradients])):
        gradient.copy_(mean.view_as(gradient))
    return float(flat[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="data/mnist")
    parser.add_argument("--out", default="runs/digits")
    parser.add_argument("--minutes", type=float, default=95, help="processor time to train (CUDA: time); the rate falls to 0 at its end")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--average", type=float, default=0.9993, help="decay of the averaged weights, which are what ships")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--focus", choices=TIMES, default="shape", help="noise levels that get most of the training")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--grow", help="resume.pt of a shallower U-Net to start from")
    parser.add_argument("--compile", action="store_true", help="fuse kernels with torch.compile (torch 2)")
    args = parser.parse_args()

    ranks, rank = int(os.environ.get("WORLD_SIZE", 1)), int(os.environ.get("RANK", 0))
    if ranks > 1:
        distributed.init_process_group("gloo")
    share = args.batch // ranks
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    generator = torch.Generator().manual_seed(args.seed + 1000 * rank)
    data = mnist(args.data)
    pictures, labels = torch.from_numpy(pad32(data["x_train"])), torch.from_numpy(data["y_train"].astype(np.int64))

    model = UNet(UNetConfig()).to(args.device).to(memory_format=torch.channels_last)
    if args.grow:
        model.load_state_dict(torch.load(args.grow, map_location=args.device)["average"], strict=False)
    average = {name: value.detach().clone() for name, value in model.state_dict().items()}
    cuda = args.device.startswith("cuda")
    ways = {"fused": True, "capturable": True} if cuda else {}
    optimiser = torch.optim.AdamW(model.parameters(), lr=args.rate, betas=(0.9, 0.99), weight_decay=0.0, **ways)
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    resume = out / "resume.pt"
    step, seen, trained = 0, 0, 0.0
    if resume.exists():
        state = torch.load(resume, map_location=args.device)
        model.load_state_dict(state["model"])
        # A checkpoint that travelled has no optimiser state: the rate warms up anew.
        if "optimiser" in state:
            optimiser.load_state_dict(state["optimiser"])
        average = {name: value.float() for name, value in state["average"].items()}
        step, seen, trained = state["step"], state["seen"], state["trained"]
        generator.manual_seed(args.seed + step + 1000 * rank)
        print(f"resumed at step {step}, {trained / 60:.1f} min", flush=True)
    run = torch.compile(model) if args.compile else model

    hardware = f"one {torch.cuda.get_device_name()}, bfloat16" if cuda else f"{ranks * args.threads} processor cores"

    def save() -> None:
        state = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "average": average}
        state.update(step=step, seen=seen, trained=trained, config=model.config.as_dict())
        state["data"] = digest(data["x_train"], data["y_train"])
        state["recipe"] = {"rate": args.rate, "batch": args.batch, "average": args.average, "focus": args.focus, "device": hardware}
        torch.save(state, out / "resume.part")
        (out / "resume.part").replace(resume)

    saved, begun, budget = trained, step, args.minutes * 60

    def rate_now() -> float:
        return args.rate * min(1.0, (step - begun + 1) / 200) * 0.5 * (1 + math.cos(math.pi * min(1.0, trained / budget)))

    def decay_now() -> float:
        return min(args.average, (1 + step) / (10 + step))

    if cuda:
        advance = record(model, run, optimiser, average, pictures.to(args.device), labels.to(args.device), args)
        last = time.monotonic()
        while trained < budget:
            loss = advance(rate_now(), decay_now())
            step, seen = step + 1, seen + args.batch
            if step % 50 == 0:
                value, now = loss.item(), time.monotonic()  # waits for the device
                trained, last = trained + now - last, now
                if step % 1000 == 0:
                    print(f"step {step} seen {seen} min {trained / 60:.2f} loss {value:.4f} rate {rate_now():.2e}", flush=True)
                if trained - saved > 60:
                    save()
                    saved, last = trained, time.monotonic()
    last, running = time.process_time(), None
    while trained < budget:
        order = torch.randperm(len(pictures), generator=generator)
        for start in range(0, len(order) - share + 1, share):
            for group in optimiser.param_groups:
                group["lr"] = rate_now()
            rows = order[start : start + share]
            clean = pictures[rows].float().div(127.5).sub(1)[:, None]
            label = labels[rows].clone()
            label[torch.rand(len(rows), generator=generator) < 0.1] = model.config.classes
            strata = torch.randperm(share, generator=generator)
            times = (strata + torch.rand(share, generator=generator)) / share
            noise = torch.randn(clean.shape, generator=generator)
            loss = loss_of(run, clean, label, times, noise, args.focus)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            now = time.process_time()
            # Every process goes by the same clock. Work beside this one slows it down, and takes nothing of its budget.
            trained, last = average_over(ranks, model, trained + now - last), now
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            step, seen = step + 1, seen + share * ranks
            with torch.no_grad():
                for name, value in model.state_dict().items():
                    average[name].lerp_(value, 1 - decay_now())
            running = loss.item() if running is None else running + 0.01 * (loss.item() - running)
            if step % 100 == 0 and rank == 0:
                print(f"step {step} seen {seen} min {trained / 60:.1f} loss {running:.4f} rate {rate_now():.2e}", flush=True)
            if trained - saved > 120 and rank == 0:
                save()
                saved = trained
            if trained >= budget:
                break
    if rank > 0:
        return
    save()
    print(f"done: {step} steps, {seen} pictures, {trained / 60:.1f} min", flush=True)


if __name__ == "__main__":
    main()
