"""An article to its facts: composes bureaus, timeline, campaigns, honors and metrics."""

from __future__ import annotations

from kg.article import Article
from kg.facts.bureau import build_bureaus, find_bureaus
from kg.facts.campaign import find_campaigns
from kg.facts.honor import find_honors
from kg.facts.honor.count import with_award_times
from kg.facts.metric import find_metrics
from kg.facts.model import Fact
from kg.facts.timeline import read_timeline
from kg.text import read_text


def find_facts(article: Article) -> list[Fact]:
    """Return the facts that an article claims: bureaus, campaigns, honors, metrics, each in order of evidence.

    >>> from kg.article import article_of
    >>> facts = find_facts(article_of("镇安县公安局2023年破获刑事案件120起。"))
    >>> [(type(fact).__name__) for fact in facts]
    ['Bureau', 'Metric']
    """
    text = read_text(article)
    bureaus = find_bureaus(text)
    timeline = read_timeline(text)
    campaigns = find_campaigns(text, bureaus, timeline)
    honors = find_honors(text, bureaus, timeline)
    metrics = find_metrics(text, bureaus, timeline, campaigns)
    return [*build_bureaus(text, bureaus), *campaigns.facts, *honors, *with_award_times(metrics, honors)]
