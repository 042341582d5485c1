"""The lessons of a computer: which scenarios there are, who practises, what came of it. Keeps no record."""

import logging
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from nurse_station.alarms.limits import Limits
from nurse_station.audio.speaker import Speaker
from nurse_station.classroom.kept import KeptError, KeptRuns
from nurse_station.classroom.lesson import Lesson
from nurse_station.classroom.opened import Place
from nurse_station.classroom.view import ClassroomError, KeptRun, LessonView
from nurse_station.devices.contract import Driver
from nurse_station.infusion.protocol import Protocol
from nurse_station.infusion.protocol_folder import troubles_of
from nurse_station.training import scenario_files
from nurse_station.training.debrief import Debrief
from nurse_station.training.scenario import Scenario
from nurse_station.vitals.clock import Clock

log = logging.getLogger(__name__)

LESSONS, DEBRIEFS = "lessons", "debriefs"
"""The folders of practice: a station's files a lesson, and what came of each."""
_LESSON = re.compile(r"\d{8}T\d{6}-\d{3,}")
KEPT_LESSONS = 20
"""So many folders of lessons are left on the disk; the debriefs stay."""
NOBODY = "Nobody is named who practises: enter a name or initials."


class Classroom:
    """Satisfies `classroom.view.ClassroomView`.

    Attributes:
        kept: The debriefs.
    """

    def __init__(
        self, *, folder: Path, clock: Clock, speaker: Callable[[], Speaker], limits: Limits,
        protocols: Mapping[str, Protocol], drivers: Mapping[str, Driver],
        clinic_scenarios: Path | None = None,
    ) -> None:  # fmt: skip
        """Store what lessons are built from; read the scenarios.

        Args:
            folder: Of practice alone; it is made when it is needed.
            clock: The real one.
            speaker: Makes what the alarms of one lesson are heard from.
            limits: The alarm limits that a practised patient starts with.
            protocols: By key.
            drivers: The monitor families, by key.
            clinic_scenarios: Where the clinic's own scenarios are; None: it has none.
        """
        self.kept = KeptRuns(folder / DEBRIEFS)
        self._place = Place(
            folder=folder, clock=clock, speaker=speaker, limits=limits, protocols=protocols, drivers=drivers
        )
        self._clinic = clinic_scenarios
        self._shipped = scenario_files.load_all(scenario_files.factory_folder())

    def scenarios(self) -> Sequence[Scenario]:
        """See `ClassroomView.scenarios`."""
        return (*self._shipped.values(), *self._own()[0])

    def faults(self) -> Sequence[str]:
        """See `ClassroomView.faults`."""
        return (*troubles_of(self._place.protocols), *self._own()[1], *self.kept.faults())

    def begin(self, scenario: str, trainee: str, seed: int, *, hints: bool = True) -> LessonView:
        """See `ClassroomView.begin`."""
        if not trainee.strip():
            raise ClassroomError(NOBODY)
        found = next((each for each in self.scenarios() if each.key == scenario), None)
        if found is None:
            msg = f"There is no scenario {scenario}: choose one of the list."
            raise ClassroomError(msg)
        self._fits(found)
        lesson = Lesson(found, trainee.strip(), seed, self._place, self._fresh(), self._keep, hints=hints)
        lesson.start()
        return lesson

    def runs(self, trainee: str = "") -> Sequence[KeptRun]:
        """See `ClassroomView.runs`."""
        return self.kept.runs(trainee)

    def trainees(self) -> Sequence[str]:
        """See `ClassroomView.trainees`."""
        return self.kept.trainees()

    def unreadable(self) -> Sequence[str]:
        """See `ClassroomView.unreadable`."""
        return self.kept.faults()

    def forget(self, name: str) -> None:
        """See `ClassroomView.forget`."""
        try:
            self.kept.forget(name)
        except KeptError as error:
            raise ClassroomError(str(error)) from error

    def _own(self) -> tuple[tuple[Scenario, ...], tuple[str, ...]]:
        """The clinic's own scenarios, and a sentence for each file that is none."""
        if self._clinic is None:
            return (), ()
        return scenario_files.own_of(self._clinic, self._place.protocols.keys(), self._shipped)

    def _fits(self, scenario: Scenario) -> None:
        """Raises ClassroomError where the station lacks what the scenario needs."""
        if scenario.protocol not in self._place.protocols:
            msg = f"{scenario.name} needs the protocol {scenario.protocol}, which this station does not have."
            raise ClassroomError(msg)
        missing = [key for key in scenario.monitors if key not in self._place.drivers]
        if missing:
            msg = f"{scenario.name} needs the monitor family {missing[0]}, which this station does not have."
            raise ClassroomError(msg)

    def _fresh(self) -> Path:
        """A folder for a lesson that no lesson had, the oldest ones gone. Raises ClassroomError."""
        lessons = self._place.folder / LESSONS
        stamp = self._place.clock.wall().strftime("%Y%m%dT%H%M%S")
        try:
            lessons.mkdir(parents=True, exist_ok=True)
            self._leave_the_newest(lessons)
            number = 1
            while (lessons / f"{stamp}-{number:03d}").exists():
                number += 1
            fresh = lessons / f"{stamp}-{number:03d}"
            fresh.mkdir()
        except OSError as error:
            msg = f"No lesson can be kept in {lessons} ({error.strerror or error}): see to the disk."
            raise ClassroomError(msg) from error
        return fresh

    @staticmethod
    def _leave_the_newest(lessons: Path) -> None:
        """Delete the older folders of lessons, nothing else; what cannot be deleted is logged and stays."""
        own = sorted(path for path in lessons.iterdir() if _is_lesson(path))
        for path in own[: -(KEPT_LESSONS - 1)]:
            try:
                shutil.rmtree(path)
            except OSError as error:
                log.warning("%s cannot be deleted: %s", path, error.strerror)

    def _keep(self, debrief: Debrief) -> None:
        """Keep a debrief. Raises KeptError."""
        self.kept.keep(debrief, self._place.clock.wall())


def _is_lesson(path: Path) -> bool:
    """Whether it is a folder that a lesson made: what else somebody has put there is not ours to delete."""
    return _LESSON.fullmatch(path.name) is not None and path.is_dir() and not path.is_symlink()
