"""A Spark cluster of its own on this machine: a master and two workers, all sockets on 127.0.0.1, all waits bounded."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pyspark
from pyspark.sql import SparkSession

LOOPBACK = "127.0.0.1"
# Starting takes seconds on a quiet machine, minutes on a busy one.
START = 240.0

T = TypeVar("T")


def wait_for(what: str, seconds: float, found: Callable[[], T | None]) -> T:
    """What ``found`` answers once it is no longer none or empty."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := found():
            return answer
        time.sleep(0.05)
    raise TimeoutError(f"no {what} within {seconds:.0f} s")


def java() -> str:
    """The Java to use, or the reason why there is none."""
    home = os.environ.get("JAVA_HOME")
    path = shutil.which("java", path=f"{home}/bin" if home else None)
    if path is None:
        raise RuntimeError("Spark needs Java 17 or newer: there is no `java`" + (" in JAVA_HOME" if home else ""))
    answer = subprocess.run([path, "-version"], capture_output=True, text=True, timeout=60).stderr
    version = re.search(r'version "(\d+)', answer)
    if version is None or int(version[1]) < 17:
        raise RuntimeError(f"Spark needs Java 17 or newer: {answer.strip().splitlines()[:1]}")
    return path


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        port: int = listener.getsockname()[1]
        return port


class Cluster:
    """The processes of a cluster and their logs."""

    def __init__(self, folder: Path) -> None:
        java()
        self.folder = folder
        self.url = f"spark://{LOOPBACK}:{_free_port()}"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        port = self.url.rpartition(":")[2]
        self._run("master", "master.Master", "--port", port)
        for name in ("worker-1", "worker-2"):
            work = str(self.folder / name)
            self._run(name, "worker.Worker", "--cores", "1", "--memory", "1g", "--work-dir", work, self.url)
        wait_for("second worker", START, lambda: self.log("master").count("Registering worker") >= 2)

    def _run(self, name: str, role: str, *options: str) -> None:
        spark = Path(pyspark.__file__).parent
        command = [str(spark / "bin" / "spark-class"), f"org.apache.spark.deploy.{role}"]
        command += ["--host", LOOPBACK, "--webui-port", "0", *options]
        environment = {
            **os.environ,
            "SPARK_HOME": str(spark),
            "SPARK_LOCAL_IP": LOOPBACK,
            "SPARK_DAEMON_JAVA_OPTS": "-Dspark.master.rest.enabled=false -Dspark.worker.ui.enabled=false",
            "PYSPARK_PYTHON": sys.executable,
        }
        with (self.folder / f"{name}.log").open("wb") as log:
            # A group of its own, so that Ctrl-C reaches it through us only.
            process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
        self.processes[name] = process

    def log(self, name: str) -> str:
        process = self.processes[name]
        text = (self.folder / f"{name}.log").read_text("utf-8", "replace")
        if process.poll() is not None:
            raise RuntimeError(f"the {name} ended with {process.returncode}:\n{text[-2000:]}")
        return text

    def executors(self) -> list[int]:
        """The process ids of the executors."""
        workers = [process.pid for name, process in self.processes.items() if name != "master"]
        return [pid for pid in descendants(workers) if b"CoarseGrainedExecutorBackend" in command_line(pid)]

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(30)


@contextmanager
def session(cluster: Cluster) -> Iterator[SparkSession]:
    """A session on the cluster. One at a time in a process."""
    # Read by the driver, and handed to the workers; a setting of the session would be ignored.
    os.environ.update(PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP=LOOPBACK)
    settings = {
        "spark.driver.host": LOOPBACK,
        "spark.driver.bindAddress": LOOPBACK,
        "spark.ui.enabled": "false",
        "spark.executor.memory": "600m",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
        "spark.sql.warehouse.dir": str(cluster.folder / "warehouse"),
        "spark.network.timeout": "120s",
    }
    builder = SparkSession.builder.master(cluster.url).appName("tutur")
    for key, value in settings.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield spark
    finally:
        spark.stop()


def command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def descendants(roots: list[int]) -> list[int]:
    """The processes below ``roots``, and these."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(stat.parent.name))
    found = list(roots)
    for pid in found:
        found += children.get(pid, [])
    return found


def listeners(pids: list[int]) -> set[str]:
    """The addresses that processes listen on."""
    inodes = set()
    for pid in pids:
        for link in Path(f"/proc/{pid}/fd").glob("*"):
            try:
                target = os.readlink(link)
            except OSError:
                continue
            if target.startswith("socket:["):
                inodes.add(target[8:-1])
    found = set()
    for table, family in (("tcp", socket.AF_INET), ("tcp6", socket.AF_INET6)):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            columns = line.split()
            # State 0A listens.
            if columns[3] == "0A" and columns[9] in inodes:
                words = bytes.fromhex(columns[1].split(":")[0])
                raw = b"".join(words[at : at + 4][::-1] for at in range(0, len(words), 4))
                found.add(socket.inet_ntop(family, raw))
    return found


def kill(pid: int) -> None:
    """As a machine that fails would."""
    os.kill(pid, signal.SIGKILL)
