"""Results as a page for the browser: a slider over time, play, hover, click; a map of a sweep.

Python prepares what the page shows, with names and units from the registry; its JavaScript draws it
with BokehJS. The page is one file that needs no other, or is served to this machine alone. It sees
Datasets only: nothing is computed here, and no file is found here.
"""

from boltzwall.view.document import View, page
from boltzwall.view.server import PageServer

__all__ = ["PageServer", "View", "page"]
