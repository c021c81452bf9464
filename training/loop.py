"""The loop shared by trainings: a time budget, cosine rate, averaged weights, checkpoints that an interrupted run goes on from."""

from __future__ import annotations

import argparse
import math
import time
from pathlib import Path
from typing import Callable

import torch
from torch import Tensor, nn


def options(about: str, *, minutes: float, batch: int, rate: float, out: str) -> argparse.ArgumentParser:
    """The options that every training has."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default=out)
    parser.add_argument("--minutes", type=float, default=minutes, help="time to train; the rate falls to 0 at its end")
    parser.add_argument("--batch", type=int, default=batch)
    parser.add_argument("--rate", type=float, default=rate)
    parser.add_argument("--decay", type=float, default=0.0, help="weight decay")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--compile", action="store_true", help="fuse kernels with torch.compile (torch 2)")
    return parser


def train(
    module: nn.Module,
    loss: Callable[[nn.Module, torch.Generator], Tensor],
    args: argparse.Namespace,
    told: dict,
    tell: Callable[[dict], str] | None = None,
) -> None:
    """Minimises `loss(module, generator)` for args.minutes; `told` (config, data) goes into every checkpoint.

    `tell(average)` may measure the averaged weights at each checkpoint; its text is printed.
    """
    generator = torch.Generator().manual_seed(args.seed)
    module.to(args.device)
    average = {name: value.detach().clone() for name, value in module.state_dict().items()}
    optimiser = torch.optim.AdamW(module.parameters(), lr=args.rate, betas=(0.9, 0.99), weight_decay=args.decay)
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    resume = out / "resume.pt"
    step, trained = 0, 0.0
    if resume.exists():
        state = torch.load(resume, map_location=args.device)
        module.load_state_dict(state["model"])
        # A checkpoint that travelled has no optimiser state: the rate warms up anew.
        if "optimiser" in state:
            optimiser.load_state_dict(state["optimiser"])
        average, step, trained = state["average"], state["step"], state["trained"]
        generator.manual_seed(args.seed + step)
        print(f"resumed at step {step}, {trained / 60:.1f} min", flush=True)

    run = torch.compile(module) if args.compile else module

    def save() -> None:
        state = {"model": module.state_dict(), "optimiser": optimiser.state_dict(), "average": average}
        state.update(step=step, seen=step * args.batch, trained=trained, **told)
        torch.save(state, out / "resume.part")
        (out / "resume.part").replace(resume)
        if tell is not None:
            print(tell(average), flush=True)

    last, running, saved, begun = time.monotonic(), None, trained, step
    while trained < args.minutes * 60:
        progress = min(1.0, trained / (args.minutes * 60))
        rate = args.rate * min(1.0, (step - begun + 1) / 200) * 0.5 * (1 + math.cos(math.pi * progress))
        for group in optimiser.param_groups:
            group["lr"] = rate
        value = loss(run, generator)
        optimiser.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(module.parameters(), 1.0)
        optimiser.step()
        step += 1
        keep = min(args.average, (1 + step) / (10 + step))
        with torch.no_grad():
            for name, now in module.state_dict().items():
                if now.is_floating_point():
                    average[name].lerp_(now, 1 - keep)
                else:
                    average[name].copy_(now)
        clock = time.monotonic()
        trained, last = trained + clock - last, clock
        running = value.item() if running is None else running + 0.01 * (value.item() - running)
        if step % 200 == 0:
            print(f"step {step} min {trained / 60:.1f} loss {running:.5f} rate {rate:.2e}", flush=True)
        if trained - saved > 120:
            save()
            saved, last = trained, time.monotonic()  # measuring is not training
    save()
    print(f"done: {step} steps of {args.batch}, {trained / 60:.1f} min", flush=True)
