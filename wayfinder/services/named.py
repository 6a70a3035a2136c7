"""What features are called, several at a time: each name once, with its floors."""

from collections.abc import Iterable

from wayfinder.guide.catalogues import LANGUAGES, translate, translate_or
from wayfinder.guide.names import find_labels, say_floor
from wayfinder.guide.words import say_feature_type
from wayfinder.model import Feature, Geofence, Labels, Level, Plan, Section, Unit, pick_label
from wayfinder.presets import name_category


def name_features(plan: Plan, feature_ids: Iterable[str], language: str) -> str:
    """Say what features are called, each name once, with their floors."""
    floors: dict[str, list[str]] = {}
    for feature_id in feature_ids:
        feature = plan.features.get(feature_id)
        if feature is None:
            floors.setdefault(feature_id, [])
            continue
        named = name_category(feature.category, language) or feature_id
        if isinstance(feature, Section | Geofence):
            named = say_sort(feature, language)
        name = pick_label(find_labels(feature), language) or named
        level = plan.find(feature.level_id, Level)
        floor = say_floor(level.short_name or level.name, language) if level else ""
        found = floors.setdefault(name, [])
        found += [floor] if floor and floor not in found else []
    parts = [
        translate(language, "store.feature", name=name, floors=on) if on else name
        for name, on in floors.items()
    ]
    return translate(language, "store.features", names=parts)


def name_in_all(plan: Plan | None, feature_ids: Iterable[str]) -> Labels:
    """Say the same in every language; without a plan, or for no features, nothing."""
    ids = tuple(feature_ids)
    if plan is None or not ids:
        return {}
    return {language: name_features(plan, ids, language) for language in LANGUAGES}


def say_sort(feature: Feature, language: str) -> str:
    """Say what a feature is: the word for its category, else for its kind of feature."""
    category = feature.category
    said = ""
    # what is called unspecified is a room, unless it is a building or a floor
    if category and (category != "unspecified" or isinstance(feature, Unit)):
        named = name_category(category, language) or ""
        said = translate_or(language, f"studio.forms.category.{category}", named)
    return said or say_feature_type(feature.feature_type, language)
