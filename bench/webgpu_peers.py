"""The items of bench/webgpu.mjs in PyTorch and JAX: one JSON line an item and way of running it.

    python3 bench/webgpu_peers.py [--items matmul-1024,ppo-update-2048] [--seconds 0.3] [--ways compile] [--limit 90]

Ways: torch eager, a captured CUDA graph, torch.compile (reduce-overhead), compiled and captured; jax.jit; each in
float32 and in TF32; act-N, the actions of N observations, is PyTorch's alone. Same shapes, numbers and losses: `losses`
are those before the first and after 50 updates (5 where one update is large), as webgpu.mjs prints them. `rate` waits
once a repeat, `waiting` reads the loss back each time.
Each item and way has a process and a time limit of its own: what crashes costs its own line only.
"""
import argparse
import json
import os
import subprocess
import sys
import time

import numpy as np

os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")   # the processes share the card
# glibc hands freed memory back to the system, and every update pays for its pages anew: in a virtual machine half of
# PyTorch's time on the CPU. The items run in child processes, which find these at their start.
for setting in ("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"):
    os.environ.setdefault(setting, str(1 << 30))
LOG_SQRT_TWO_PI = 0.9189385332
ALL = ["matmul-64", "matmul-256", "matmul-1024", "matmul-4096", "ppo-update-64", "ppo-update-2048", "ppo-update-65536",
       "sac-update-256", "sac-update-4096"]


def hashed(first, length):
    """Numbers in [0, 1) of the hash, for first, first + 1, ..."""
    x = (np.arange(length, dtype=np.uint64) + np.uint64(first)).astype(np.uint32)
    x = (x ^ (x >> np.uint32(16))) * np.uint32(0x7FEB352D)
    x = (x ^ (x >> np.uint32(15))) * np.uint32(0x846CA68B)
    return ((x ^ (x >> np.uint32(16))) >> np.uint32(8)).astype(np.float64) / 16777216


def ppo_data(batch):
    shapes = []
    for outputs in (6, 1):
        shapes += [(17, 64), (64,), (64, 64), (64,), (64, outputs), (outputs,)]
        if outputs == 6:
            shapes.append((6,))
    parameters, at = [], 0
    for i, shape in enumerate(shapes):
        size = int(np.prod(shape))
        values = 0.3 * (hashed(1 + at, size) - 0.5)
        parameters.append((np.zeros(size) if i == 6 else values).reshape(shape))
        at += size
    batch_data = {
        "observation": 2 * hashed(100_001, batch * 17).reshape(batch, 17) - 1,
        "action": 2 * hashed(900_001, batch * 6).reshape(batch, 6) - 1,
        "advantage": 2 * hashed(7_000_001, batch) - 1, "return": hashed(8_000_001, batch),
        "old": np.full(batch, -6.0),
    }
    return parameters, batch_data


def sac_data(batch):
    k = 5

    def draw(shape, scale):
        nonlocal k
        size = int(np.prod(shape))
        values = scale * (hashed(k, size) - 0.5)
        k += size
        return values.reshape(shape)

    def network(inputs, outputs):
        return [draw((inputs, 256), 0.3), draw((256,), 0), draw((256, 256), 0.12), draw((256,), 0),
                draw((256, outputs), 0.1), draw((outputs,), 0)]

    actor, critics = network(17, 12), network(23, 1) + network(23, 1)
    names = [("observation", 17), ("next", 17), ("action", 6), ("nextNoise", 6), ("noise", 6)]
    data = {name: draw((batch, width), 2) for name, width in names}
    data["reward"] = draw((batch,), 1)
    return actor, critics, data


def matmul_data(n):
    i = np.arange(n * n).reshape(n, n) % 7
    return i * 0.01, i / (3 * n)


# ---- PyTorch --------------------------------------------------------------------------------------------------------

def torch_item(name, device, wrap):
    """
    Returns update() -> loss tensor, and restart(); states are tensors that are written in place. `wrap` may compile the
    losses and the optimizer's step.
    """
    import torch
    kind, _, size = name.rpartition("-")
    size = int(size)
    tensor = lambda a: torch.tensor(np.asarray(a, dtype=np.float32), device=device)

    if kind == "matmul":
        first, b = (tensor(a) for a in matmul_data(size))
        x = first.clone()

        twice = wrap(lambda x, b: (x @ b) @ b)

        def product():
            with torch.no_grad():
                x.copy_(twice(x, b))
            return x[0, 0]
        return product, lambda: x.copy_(first)

    tanh, relu, linear = torch.tanh, torch.relu, lambda x, w, b: torch.addmm(b, x, w)

    def network(p, x, activation):
        return linear(activation(linear(activation(linear(x, p[0], p[1])), p[2], p[3])), p[4], p[5])

    if kind == "act":
        # The actor of the PPO item, asked as a policy is: numbers in, numbers out.
        values, data = ppo_data(size)
        actor = [tensor(v) for v in values[:6]]
        rows = data["observation"].astype(np.float32)

        def act():
            with torch.inference_mode():
                return network(actor, torch.from_numpy(rows).to(device), tanh).cpu().numpy()
        hidden = np.tanh(np.tanh(rows @ values[0] + values[1]) @ values[2] + values[3])
        assert np.abs(act() - (hidden @ values[4] + values[5])).max() < 1e-5, "other actions than NumPy's"
        return act, lambda: None

    def with_gradients(values):
        return [tensor(v).requires_grad_() for v in values]

    def adam(parameters, rate, epsilon):
        return {"p": parameters, "m": [torch.zeros_like(p) for p in parameters],
                "v": [torch.zeros_like(p) for p in parameters], "rate": rate, "epsilon": epsilon,
                # Graphs need the count as a tensor; on the CPU each operation on one costs a dispatch.
                "t": 0 if device == "cpu" else torch.zeros((), device=device)}

    @torch.no_grad()
    def step(state, gradients):
        state["t"] += 1
        moved(state, gradients)

    @wrap
    def moved(state, gradients):
        """Adam through the multi-tensor operations that torch.optim.Adam(foreach=True) uses."""
        c1, c2 = 1 - 0.9 ** state["t"], 1 - 0.999 ** state["t"]
        torch._foreach_mul_(state["m"], 0.9)
        torch._foreach_add_(state["m"], gradients, alpha=0.1)
        torch._foreach_mul_(state["v"], 0.999)
        torch._foreach_addcmul_(state["v"], gradients, gradients, value=0.001)
        roots = torch._foreach_sqrt(state["v"])
        if device == "cpu":
            torch._foreach_div_(roots, c2 ** 0.5)
            torch._foreach_add_(roots, state["epsilon"])
            torch._foreach_addcdiv_(state["p"], state["m"], roots, value=-state["rate"] / c1)
            return
        scale = state["rate"] / c1
        for p, m, root in zip(state["p"], state["m"], roots):
            p.sub_(scale * m / (root / torch.sqrt(c2) + state["epsilon"]))

    def restore(saved):
        with torch.no_grad():
            for state, values in saved:
                for p, value in zip(state["p"], values):
                    p.copy_(value)
                for p in state["m"] + state["v"]:
                    p.zero_()
                state["t"] *= 0

    if kind == "ppo-update":
        values, data = ppo_data(size)
        d = {key: tensor(value) for key, value in data.items()}
        parameters = with_gradients(values)
        state = adam(parameters, 3e-4, 1e-5)
        saved = [(state, [p.detach().clone() for p in parameters])]

        @wrap
        def loss_of(parameters, d):
            mean, log_std = network(parameters[:6], d["observation"], tanh), parameters[6]
            value = network(parameters[7:], d["observation"], tanh)[:, 0]
            deviations = (d["action"] - mean) * torch.exp(-log_std)
            log_prob = -0.5 * (deviations ** 2).sum(1) - (log_std + LOG_SQRT_TWO_PI).sum()
            ratio = torch.exp(log_prob - d["old"])
            surrogate = torch.minimum(ratio * d["advantage"], ratio.clamp(0.8, 1.2) * d["advantage"])
            return 0.5 * ((value - d["return"]) ** 2).mean() - surrogate.mean() \
                - 0.01 * (log_std + LOG_SQRT_TWO_PI + 0.5).sum()

        def update():
            loss = loss_of(parameters, d)
            step(state, torch.autograd.grad(loss, parameters))
            return loss.detach()
        return update, lambda: restore(saved)

    actor_values, critic_values, data = sac_data(size)
    d = {key: tensor(value) for key, value in data.items()}
    actor, critics = with_gradients(actor_values), with_gradients(critic_values)
    targets = [p.detach().clone() for p in critics]
    log_temperature = torch.zeros((), device=device, requires_grad=True)
    states = [adam(critics, 1e-3, 1e-8), adam(actor, 3e-4, 1e-8), adam([log_temperature], 1e-3, 1e-8)]
    saved = [(state, [p.detach().clone() for p in state["p"]]) for state in states]

    def act(actor, noise, x):
        mean, raw = network(actor, x, relu).split(6, 1)
        log_std = (tanh(raw) + 1) * 3.5 - 5
        action = tanh(mean + torch.exp(log_std) * noise)
        log_prob = -0.5 * noise ** 2 - (log_std + LOG_SQRT_TWO_PI) - torch.log(1 + 1e-6 - action ** 2)
        return action, log_prob.sum(1)

    def judge(p, x, action):
        pair = torch.cat([x, action], 1)
        return network(p[:6], pair, relu)[:, 0], network(p[6:], pair, relu)[:, 0]

    @wrap
    def goal_of(actor, targets, temperature, d):
        action, log_prob = act(actor, d["nextNoise"], d["next"])
        return d["reward"] + 0.99 * (torch.minimum(*judge(targets, d["next"], action)) - temperature * log_prob)

    @wrap
    def critic_loss_of(critics, goal, d):
        one, two = judge(critics, d["observation"], d["action"])
        return ((one - goal) ** 2).mean() + ((two - goal) ** 2).mean()

    @wrap
    def actor_loss_of(actor, critics, temperature, d):
        action, log_prob = act(actor, d["noise"], d["observation"])
        least = torch.minimum(*judge(critics, d["observation"], action))
        return (temperature * log_prob - least).mean(), log_prob.mean()

    def update():
        temperature = torch.exp(log_temperature).detach()
        with torch.no_grad():
            goal = goal_of(actor, targets, temperature, d)
        critic_loss = critic_loss_of(critics, goal, d)
        critic_gradients = torch.autograd.grad(critic_loss, critics)
        actor_loss, log_prob = actor_loss_of(actor, [p.detach() for p in critics], temperature, d)
        actor_gradients = torch.autograd.grad(actor_loss, actor)
        excess = log_prob.detach() - 6
        step(states[0], critic_gradients)
        step(states[1], actor_gradients)
        with torch.no_grad():
            step(states[2], [-torch.exp(log_temperature) * excess])
            torch._foreach_mul_(targets, 0.995)
            torch._foreach_add_(targets, [p.detach() for p in critics], alpha=0.005)
        return critic_loss.detach()

    def restart():
        restore(saved)
        with torch.no_grad():
            for target, value in zip(targets, saved[0][1]):
                target.copy_(value)
    return update, restart


def torch_way(name, way, device, tf32):
    import torch
    torch.backends.cuda.matmul.allow_tf32 = tf32
    torch.backends.cudnn.allow_tf32 = tf32
    wrap = {
        "compile": lambda f: torch.compile(f, mode="reduce-overhead"), "compile graph": lambda f: torch.compile(f),
    }.get(way, lambda f: f)
    update, restart = torch_item(name, device, wrap)
    if "graph" in way:
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(3):
                update()
        torch.cuda.current_stream().wait_stream(side)
        graph, plain = torch.cuda.CUDAGraph(), update
        with torch.cuda.graph(graph):
            result = plain()

        def update():
            graph.replay()
            return result
    sync = torch.cuda.synchronize if device == "cuda" else (lambda: None)
    return update, restart, (lambda a: float(a[0, 0])) if name.startswith("act") else float, sync


# ---- JAX ------------------------------------------------------------------------------------------------------------

def jax_way(name, tf32):
    import jax
    import jax.numpy as jnp
    jax.config.update("jax_default_matmul_precision", "tensorfloat32" if tf32 else "float32")
    kind, _, size = name.rpartition("-")
    size = int(size)
    if kind == "act":
        raise SystemExit("act is an item of PyTorch alone")
    array = lambda a: jnp.asarray(np.asarray(a, dtype=np.float32))

    def linear(x, w, b):
        return x @ w + b

    def network(p, x, activation):
        return linear(activation(linear(activation(linear(x, p[0], p[1])), p[2], p[3])), p[4], p[5])

    def adam(p, m, v, g, t, rate, epsilon):
        each = jax.tree_util.tree_map
        m = each(lambda m, g: 0.9 * m + 0.1 * g, m, g)
        v = each(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
        c1, c2 = 1 - 0.9 ** t, 1 - 0.999 ** t
        return each(lambda p, m, v: p - rate * (m / c1) / (jnp.sqrt(v / c2) + epsilon), p, m, v), m, v

    zeros = lambda values: [jnp.zeros(np.shape(v), jnp.float32) for v in values]
    if kind == "matmul":
        first, b = (array(a) for a in matmul_data(size))
        initial = lambda: first
        apply = jax.jit(lambda x, b: ((x @ b) @ b, jnp.float32(0)))
        data = b
    elif kind == "ppo-update":
        values, raw = ppo_data(size)
        data = {key: array(value) for key, value in raw.items()}

        def loss_of(p, d):
            mean, log_std = network(p[:6], d["observation"], jnp.tanh), p[6]
            value = network(p[7:], d["observation"], jnp.tanh)[:, 0]
            deviations = (d["action"] - mean) * jnp.exp(-log_std)
            log_prob = -0.5 * (deviations ** 2).sum(1) - (log_std + LOG_SQRT_TWO_PI).sum()
            ratio = jnp.exp(log_prob - d["old"])
            surrogate = jnp.minimum(ratio * d["advantage"], jnp.clip(ratio, 0.8, 1.2) * d["advantage"])
            return 0.5 * ((value - d["return"]) ** 2).mean() - surrogate.mean() \
                - 0.01 * (log_std + LOG_SQRT_TWO_PI + 0.5).sum()

        initial = lambda: ([array(v) for v in values], zeros(values), zeros(values), jnp.float32(0))

        def apply(state, d):
            p, m, v, t = state
            loss, g = jax.value_and_grad(loss_of)(p, d)
            return (*adam(p, m, v, g, t + 1, 3e-4, 1e-5), t + 1), loss
        apply = jax.jit(apply, donate_argnums=0)
    else:
        actor_values, critic_values, raw = sac_data(size)
        data = {key: array(value) for key, value in raw.items()}

        def act(p, noise, x):
            mean, raw = jnp.split(network(p, x, jax.nn.relu), 2, 1)
            log_std = (jnp.tanh(raw) + 1) * 3.5 - 5
            action = jnp.tanh(mean + jnp.exp(log_std) * noise)
            log_prob = -0.5 * noise ** 2 - (log_std + LOG_SQRT_TWO_PI) - jnp.log(1 + 1e-6 - action ** 2)
            return action, log_prob.sum(1)

        def judge(p, x, action):
            pair = jnp.concatenate([x, action], 1)
            return network(p[:6], pair, jax.nn.relu)[:, 0], network(p[6:], pair, jax.nn.relu)[:, 0]

        def critic_loss(p, d, goal):
            one, two = judge(p, d["observation"], d["action"])
            return ((one - goal) ** 2).mean() + ((two - goal) ** 2).mean()

        def actor_loss(p, critics, d, temperature):
            action, log_prob = act(p, d["noise"], d["observation"])
            least = jnp.minimum(*judge(critics, d["observation"], action))
            return (temperature * log_prob - least).mean(), log_prob

        def initial():
            state = {"t": jnp.float32(0), "targets": [array(v) for v in critic_values]}
            for key, values in (("actor", actor_values), ("critics", critic_values), ("log", [0.0])):
                state[key] = ([array(v) for v in values], zeros(values), zeros(values))
            return state

        def apply(s, d):
            t = s["t"] + 1
            actor, critics, log = s["actor"][0], s["critics"][0], s["log"][0]
            temperature = jnp.exp(log[0])
            action, log_prob = act(actor, d["nextNoise"], d["next"])
            goal = d["reward"] + 0.99 * (jnp.minimum(*judge(s["targets"], d["next"], action)) - temperature * log_prob)
            loss, g = jax.value_and_grad(critic_loss)(critics, d, goal)
            (_, now), actor_g = jax.value_and_grad(actor_loss, has_aux=True)(actor, critics, d, temperature)
            log_g = [-temperature * (now - 6).mean()]
            after = {"t": t, "critics": adam(*s["critics"], g, t, 1e-3, 1e-8),
                     "actor": adam(*s["actor"], actor_g, t, 3e-4, 1e-8), "log": adam(*s["log"], log_g, t, 1e-3, 1e-8)}
            after["targets"] = [0.995 * a + 0.005 * b for a, b in zip(s["targets"], after["critics"][0])]
            return after, loss
        apply = jax.jit(apply, donate_argnums=0)

    holder = {"state": initial()}

    def update():
        holder["state"], loss = apply(holder["state"], data)
        return loss

    def restart():
        holder["state"] = initial()
    return update, restart, float, lambda: jax.block_until_ready(holder["state"])


# ---- measuring ------------------------------------------------------------------------------------------------------

def measure(name, parts, seconds):
    update, restart, read, sync = parts
    large = name in ("ppo-update-65536", "sac-update-4096", "sac-update-256")
    restart()
    losses = [read(update())]
    for _ in range(5 if large else 50):
        last = update()
    losses.append(read(last))

    def batch(count, waiting):
        began = time.perf_counter()
        for _ in range(count):
            last = update()
            if waiting:
                read(last)
        sync()
        return time.perf_counter() - began

    def rates(waiting):
        count, spent = 1, batch(1, waiting)
        while spent < seconds / 3:
            count *= 2
            spent = batch(count, waiting)
        count = max(1, round(count * seconds / spent))
        return sorted(count / batch(count, waiting) for _ in range(5))

    restart()
    sync()
    free = rates(False)
    products = 2 if name.startswith("matmul") else 1
    result = {"unit": "products/s" if products == 2 else "updates/s", "rate": round(products * free[2], 2),
              "lowest": round(products * free[0], 2), "highest": round(products * free[4], 2)}
    if name.startswith("act"):
        result["us"] = round(1e6 / free[2], 2)
    elif products == 2:
        n = int(name.rpartition("-")[2])
        result["gflops"] = round(free[2] * 4 * n ** 3 / 1e9, 1)
    else:
        result["losses"] = [round(loss, 5) for loss in losses]
        result["waiting"] = round(rates(True)[2], 2)
    return result


def report(**fields):
    print(json.dumps(fields), flush=True)


def machines(options):
    """What there is; returns the ways: (name, TF32)."""
    ways, compiled = [], []
    try:
        import torch
        cuda = torch.cuda.is_available() and options.device != "cpu"
        report(item="machine", torch=torch.__version__, device=torch.cuda.get_device_name() if cuda else "cpu")
        ways += ["torch eager"] + ["torch graph"] * cuda
        if hasattr(torch, "compile"):
            compiled = ["torch compile"] + ["torch compile graph"] * cuda
    except Exception as error:
        cuda = False
        report(item="torch", failed=str(error)[:300])
    try:
        import jax
        report(item="machine", jax=jax.__version__, device=str(jax.devices()[0]))
        ways.append("jax jit")
    except Exception as error:
        report(item="jax", failed=str(error)[:300])
    return [(way, tf32) for way in ways + compiled for tf32 in ([False, True] if cuda else [False])]


def one(options):
    """Measures one item in one way, in a process of its own."""
    name, way, tf32 = options.one[0], options.one[1], options.one[2] == "True"
    if way.startswith("jax"):
        parts = jax_way(name, tf32)
    else:
        import torch
        cuda = torch.cuda.is_available() and options.device != "cpu"
        parts = torch_way(name, way.removeprefix("torch "), "cuda" if cuda else "cpu", tf32)
    report(item=name, way=way, tf32=tf32, **measure(name, parts, options.seconds))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", default=",".join(ALL))
    parser.add_argument("--ways", default="", help="those that contain this")
    parser.add_argument("--seconds", type=float, default=0.3)
    parser.add_argument("--limit", type=int, default=90, help="seconds an item and way may take")
    parser.add_argument("--device", default="")
    parser.add_argument("--one", nargs=3)
    options = parser.parse_args()
    if options.one:
        return one(options)
    for way, tf32 in machines(options):
        for name in options.items.split(",") if options.ways in way else []:
            command = [sys.executable, __file__, "--seconds", str(options.seconds), "--device", options.device,
                       "--one", name, way, str(tf32)]
            try:
                child = subprocess.run(command, capture_output=True, text=True, timeout=options.limit)
                failed = (child.stderr.strip().splitlines() or ["no message"])[-1][:300] if child.returncode else None
                print(child.stdout, end="", flush=True)
            except subprocess.TimeoutExpired:
                failed = f"longer than {options.limit} s"
            if failed:
                report(item=name, way=way, tf32=tf32, failed=failed)


main()
