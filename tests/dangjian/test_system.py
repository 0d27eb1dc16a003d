"""A system is its own rows only, and an anonymous one has the same rows without a name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dangjian import CONTRACT, cut_data, system_of
from dangjian.reports.exchange import performance, told_cases
from dangjian.reports.practice import mechanisms
from dangjian.workbook.pseudonyms import stand_ins
from gongwen.errors import BadFact, UnknownName
from zhibi.data.figures.measure import count, total
from zhibi.data.figures.picking import pick
from zhibi.data.read import open_dataset

EXAMPLE = Path(__file__).resolve().parents[2] / "data/示例县.xlsx"
UNDER_B016 = {"B016", "B017", "B018", "B019", "B020", "B021", "B022", "B023", "B024"}


@pytest.fixture(scope="module")
def data():
    return open_dataset(EXAMPLE, CONTRACT)


@pytest.fixture(scope="module")
def anonymous(data):
    return system_of(data, "B016", anonymise=True)


def test_a_system_holds_the_rows_of_its_organisations_and_no_others(data):
    cut = cut_data(data, "B016")

    assert set(cut["党组织"]["党组织代码"]) == UNDER_B016
    for sheet, column in (
        ("党员", "所属党组织"),
        ("组织生活台账", "党组织代码"),
        ("考核得分", "党组织代码"),
        ("案例品牌", "党组织代码"),
    ):
        assert set(cut[sheet][column]) <= UNDER_B016
        assert len(cut[sheet]) == data[sheet][column].isin(UNDER_B016).sum()
    assert set(cut["单位"]["单位代码"]) == {"U003"}
    assert set(cut["年度指标"]["主体代码"]) == {"U003"}
    assert set(cut["机制做法"]["责任组织"]) == {"B016"}


def test_figures_of_a_unit_belong_to_none_of_its_parts(data):
    assert performance(system_of(data, "B012")) == ()
    assert len(cut_data(data, "B012")["单位"]) == 0
    assert len(cut_data(data, "B037")["单位"]) == 0  # 园区公司 has two branches side by side


def test_an_unknown_organisation_is_refused_with_the_near_miss(data):
    with pytest.raises(UnknownName, match="B016"):
        system_of(data, "B0166")


def test_an_anonymous_system_counts_the_same_and_names_nobody(data, anonymous):
    plain = system_of(data, "B016", anonymise=False)
    mine, theirs = anonymous.county, plain.county

    assert anonymous.named.value == "乙集团党委"
    assert count(mine.members, "党员").value == count(theirs.members, "党员").value
    assert [str(one.本期) for one in performance(anonymous)] == [
        str(one.本期) for one in performance(plain)
    ]
    assert [str(one.本期.cells()[0].rows) for one in performance(anonymous)] == [
        str(one.本期.cells()[0].rows) for one in performance(plain)
    ]
    assert pick(mine.members.iloc[[0]], "姓名").value.endswith("某")
    assert {rows.file for rows in total(mine.units["职工总数(人)"], "职工", "人").cells()} == {
        "某县.xlsx"
    }


def test_a_figure_from_a_masked_frame_altered_in_a_notebook_is_still_refused(anonymous):
    members = anonymous.county.members.copy()
    members["姓名"] = "张三"
    with pytest.raises(BadFact, match="工作簿里是"):
        pick(members.iloc[[0]], "姓名")


def test_the_workbook_decides_unless_the_run_does(data):
    asked = replace(
        data, settings={**data.settings, "是否脱敏": replace(data.settings["是否脱敏"], value="是")}
    )

    assert system_of(asked, "B016").anonymous
    assert not system_of(asked, "B016", anonymise=False).anonymous
    assert not system_of(data, "B016").anonymous
    assert system_of(data, "B016", anonymise=True).anonymous


def test_every_name_has_one_stand_in_and_no_two_organisations_share_one(data):
    table = stand_ins(data)
    orgs = data["党组织"]

    assert len({table.names[name] for name in orgs["名称"]}) == len(orgs)
    assert [table.names[full] for full in orgs["名称"]] == [
        table.names[short] for short in orgs["简称"]
    ]
    assert len({table.names[name] for name in data["单位"]["单位全称"]}) == len(data["单位"])
    assert all(table.mask(name) == table.names[name] for name in table.names)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("示例县直属机关工委", "甲工委"),
        ("由县国资监管局、县财政局组成", "由甲局、县财政局组成"),
        ("交通运输集团的城乡公交党支部", "乙集团的乙集团B党支部"),
        ("示例县委组织部", "某县委组织部"),
        ("把平安车厢的做法推开", "把B品牌的做法推开"),
        ("农业发展和城市建设", "农业发展和城市建设"),
        ("做好供水服务", "做好供水服务"),
        ("机关党支部", "机关党支部"),
    ],
)
def test_every_way_to_write_a_name_is_known_and_ordinary_words_are_not(data, text, masked):
    assert stand_ins(data).mask(text) == masked


def test_short_names_that_are_ordinary_words_or_shared_name_nobody(data):
    orgs, units = data["党组织"].copy(), data["单位"].copy()
    orgs["简称"], units["简称"] = "机关支部", "公司"
    orgs.loc[orgs["党组织代码"] == "B012", "简称"] = "党支部"
    table = stand_ins(replace(data, frames={**data.frames, "党组织": orgs, "单位": units}))

    assert table.mask("公司党委和机关支部，由党支部负责") == "公司党委和机关支部，由党支部负责"
    assert table.mask("中共示例县城市建设投资集团有限公司物业服务支部委员会") == "甲集团D党支部"


def test_words_from_outside_are_masked_like_all_others(anonymous):
    assert anonymous.words({"体会": "交运集团党委", "条数": 3}) == {"体会": "乙集团党委", "条数": 3}


def test_the_number_is_told_only_where_the_items_are_as_many(data):
    told = {item.名称.value: item for item in mechanisms(system_of(data, "B016").county)}

    assert str(told["党建和业务“四同”工作"].数量) == "4项"
    frame = data["机制做法"].copy()
    frame.attrs = {}
    frame.loc[frame["机制代码"] == "J011", "声明数量"] = 5
    changed = system_of(
        type(data)(**{**vars(data), "frames": {**data.frames, "机制做法": frame}}), "B016"
    )
    assert {item.名称.value: item.数量 for item in mechanisms(changed.county)}[
        "党建和业务“四同”工作"
    ] is None


def test_cases_selected_are_told_before_the_others(data):
    told, rest = told_cases(system_of(data, "B016").county)

    assert [case.名称.value for case in told] == ["平安车厢", "养路先锋队"]
    assert [case.名称.value for case in rest] == ["老兵车队"]
