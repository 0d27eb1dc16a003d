"""The county workbook's sheets, settings and checks -> the one contract everything reads by."""

from __future__ import annotations

from dangjian.checks import CHECKS
from dangjian.contract import SETTINGS, SHEETS
from dangjian.disguise import MASKING
from zhibi.tables.contract import Contract

CONTRACT = Contract("县级党组织工作簿", "设置", SETTINGS, SHEETS, CHECKS, MASKING)
