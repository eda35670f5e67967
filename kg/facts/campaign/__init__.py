"""Campaigns: names of operations and drives, who runs them, and which of them a number is the outcome of.

Enters: a ``Text`` with its bureaus and timeline. Leaves: a ``CampaignView``, which metrics ask, and the Campaign facts.
``mention`` and the modules that it is made of find the names, ``identity`` which of them are one campaign, ``period``
when it ran, ``outcome`` which words tie a number to it.
"""

from kg.facts.campaign.reading import CampaignView, find_campaigns

__all__ = ["CampaignView", "find_campaigns"]
