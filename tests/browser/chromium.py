"""A real Chromium for the browser tests: found, or installed, or a clear failure. Never a silent skip.

`python -m tests.browser.chromium` sees to it and prints where it is.
"""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import sync_playwright

LEFT_OUT = (
    "WebUIOmniboxPopup",  # pages of its own below the address bar, two processes for each window
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "SpareRendererForSitePerProcess",  # a process in store for a page that never comes
    # What Playwright (1.65.2) leaves out itself: Chromium (156) heeds the last list alone.
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
"""Chromium's names for what no test needs and a new page would pay for: half of what one costs."""
ARGUMENTS = ("--no-sandbox", "--disable-features=" + ",".join(LEFT_OUT))
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The first is Chromium without a window of its own, which nobody sees here: no tabs, no address bar to draw. Its
pages are the same, and its own process takes less than half of what the others' does."""
PACKAGES = ("chromium-headless-shell", "chromium")  # Debian's: the first that it has


def find() -> str | None:
    """The path of a Chromium: $CHROMIUM, one on the PATH, or Playwright's own."""
    for name in (os.environ.get("CHROMIUM"), *NAMES):
        if name and (path := shutil.which(name)):
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def install() -> None:
    """Through apt where that is possible (root on Debian), else Playwright's own download."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
        subprocess.call(["apt-get", "update", "-qq"], **quiet)  # noqa: S607 - whichever apt-get this Debian has
        for package in PACKAGES:
            command = ["apt-get", "install", "-y", "-qq", package, "fonts-noto-core"]
            if subprocess.call(command, **quiet) == 0:  # noqa: S603 - our own words
                break
    if not find():
        subprocess.call([sys.executable, "-m", "playwright", "install", "chromium"])  # noqa: S603 - our own interpreter


def main() -> int:
    """Exit status 0 with a path printed, or 1 with what to do."""
    if not find():
        print("No Chromium here yet: installing one …", flush=True)
        install()
    if path := find():
        print(f"Browser tests use {path}")
        return 0
    print("No Chromium could be installed. Install one (Debian: apt-get install chromium) or set CHROMIUM=/path/to/it.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
