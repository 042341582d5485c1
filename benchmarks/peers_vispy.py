"""The waves by vispy: one line visual, all points given anew each frame, drawn into memory by EGL.

Without a graphics card OpenGL is reckoned by the processor (llvmpipe): so it is on a desk computer that is
looked at from afar, and on the machine of docs/performance.md.
"""

import os

import numpy as np
from vispy import app, gloo, scene
from vispy.color import Color

from benchmarks.peers import DoesNotRunError
from benchmarks.sweep_waves import COLOURS, HEIGHT, POINTS, SPAN_S, STROKE, WIDTH, Sweeps


class Gl:
    """One visual for all waves; the erase bar is a gap between joined points."""

    def __init__(self, count: int) -> None:
        self._sweeps = sweeps = Sweeps(count)
        self._canvas = _canvas()
        self._canvas.set_current()
        self._memory = gloo.FrameBuffer(
            color=gloo.RenderBuffer((HEIGHT, WIDTH)), depth=gloo.RenderBuffer((HEIGHT, WIDTH))
        )
        self.painted = 0
        view = self._canvas.central_widget.add_view()
        view.camera = scene.PanZoomCamera(
            rect=(0, 0, SPAN_S * sweeps.columns, sweeps.rows), interactive=False
        )
        places = [sweeps.on_one_sheet(number) for number in range(count)]
        self._lift = np.array([lift for _, lift, _ in places])[:, None]
        self._factor = places[0][2]
        self._points = np.zeros((count, POINTS, 2), dtype=np.float32)
        self._points[:, :, 0] = sweeps.x[None, :] + np.array([shift for shift, _, _ in places])[:, None]
        colours = np.array([Color(COLOURS[number % len(COLOURS)]).rgba for number in range(count)])
        self._line = scene.Line(
            self._points.reshape(-1, 2), color=np.repeat(colours, POINTS, axis=0).astype(np.float32),
            width=STROKE, method="gl", antialias=True, parent=view.scene,
        )  # fmt: skip
        self.frame()

    def frame(self) -> None:
        """Draw the next frame, and wait until it is in memory."""
        self._sweeps.advance()
        y = self._sweeps.y
        there = ~np.isnan(y)
        self._points[:, :, 1] = np.where(there, y, 0.0) * self._factor + self._lift
        joined = there.copy()
        joined[:, :-1] &= there[:, 1:]
        joined[:, -1] = False
        self._line.set_data(pos=self._points.reshape(-1, 2), connect=joined.reshape(-1))
        self._canvas.set_current()
        self._canvas.push_fbo(self._memory, (0, 0), (WIDTH, HEIGHT))
        self._canvas.on_draw(None)
        self._canvas.context.finish()  # vispy queues what it is told
        self._canvas.pop_fbo()
        self.painted += 1


def _canvas() -> scene.SceneCanvas:
    """A canvas in memory. Raises DoesNotRunError where there is no OpenGL without a screen."""
    os.environ.setdefault("EGL_PLATFORM", "surfaceless")
    try:
        return scene.SceneCanvas(size=(WIDTH, HEIGHT), bgcolor="black", app=app.Application("egl"), show=True)
    except RuntimeError as error:
        raise DoesNotRunError(" ".join(str(error).split())) from error
