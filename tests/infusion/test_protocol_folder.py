"""A clinic's own folder of protocols: offered beside the program's, and a broken file is named, not fatal."""

from dataclasses import replace
from pathlib import Path

import pytest

from nurse_station.infusion.protocol_files import factory_folder, load_all, text_of
from nurse_station.infusion.protocol_folder import offered, troubles_of

SHIPPED = load_all(factory_folder())
OURS = replace(next(iter(SHIPPED.values())), key="ours", name="Ours", approved_by="Dr Stone")


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_folder_the_programs_own_are_offered(tmp_path: Path) -> None:
    found = offered(tmp_path / "none")
    assert dict(found) == dict(SHIPPED)
    assert troubles_of(found) == ()


def test_the_clinics_own_are_offered_first(tmp_path: Path) -> None:
    written(tmp_path, "ours.toml", text_of(OURS))
    found = offered(tmp_path)
    assert list(found) == ["ours", *SHIPPED]
    assert found["ours"] == OURS
    assert len(found) == len(SHIPPED) + 1


@pytest.mark.parametrize(
    ("text", "said"),
    [("key = ", "is not TOML"), (text_of(OURS).replace("min_moaas = 4", 'min_moaas = "four"'), "min_moaas"),
     (text_of(SHIPPED["crps_4h_titrated"]), "is the program's as well")],
)  # fmt: skip
def test_a_broken_file_is_named_in_a_sentence_and_the_rest_is_offered(
    tmp_path: Path, text: str, said: str
) -> None:
    written(tmp_path, "broken.toml", text)
    written(tmp_path, "ours.toml", text_of(OURS))
    found = offered(tmp_path)
    assert "ours" in found
    [trouble] = troubles_of(found)
    assert trouble.startswith("The protocol broken.toml is not offered: ")
    assert said in trouble


def test_two_files_with_one_key_are_told_apart(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        written(tmp_path, name, text_of(OURS))
    [trouble] = troubles_of(offered(tmp_path))
    assert "b.toml" in trouble


def test_a_folder_that_was_named_and_is_not_there_is_told(tmp_path: Path) -> None:
    [trouble] = troubles_of(offered(tmp_path / "none", wanted=True))
    assert "is not there" in trouble


def test_a_plain_mapping_has_no_troubles() -> None:
    assert troubles_of(SHIPPED) == ()


@pytest.mark.parametrize("model", ["kamp", "domino", "clements"])
def test_a_protocol_says_which_model_predicts(tmp_path: Path, model: str) -> None:
    written(tmp_path, "ours.toml", text_of(replace(OURS, model=model)))
    assert offered(tmp_path)["ours"].model == model


def test_a_model_that_there_is_not_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    written(tmp_path, "ours.toml", text_of(replace(OURS, model="marsh")))
    [trouble] = troubles_of(offered(tmp_path))
    assert '"kamp" or "domino" or "clements"' in trouble


def test_an_older_file_without_a_model_goes_on_with_the_usual_one(tmp_path: Path) -> None:
    text = "".join(line for line in text_of(OURS).splitlines(keepends=True) if not line.startswith("model"))
    written(tmp_path, "ours.toml", text)
    assert offered(tmp_path)["ours"].model == "kamp"
