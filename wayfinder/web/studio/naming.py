"""What features of a plan are called where staff read of them."""

from wayfinder.model import Feature, Plan, pick_label
from wayfinder.services.named import say_sort


def name_feature(plan: Plan, feature_id: str, language: str) -> str:
    """Return what a feature is called: its name, else what it is, else its id."""
    feature = plan.features.get(feature_id)
    return feature_id if feature is None else name_of(feature, language)


def name_of(feature: Feature, language: str) -> str:
    """Return the name of a feature, else what it is."""
    return pick_label(feature.name, language) or say_sort(feature, language)
