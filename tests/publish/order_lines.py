"""Orders that the tests of this room draw on."""

from dataclasses import replace
from datetime import date

from flows.publish.order_numbers import order_number
from flows.publish.work_orders import OrderLine, TownshipList

ON = date(2026, 11, 22)

CHEN = OrderLine(
    order_no=order_number("370881", ON, 1),
    severity=3,
    township_code="370881105",
    township_name="姚村镇",
    village_name="陈家寨村",
    person_name="陈西成",
    sex="male",
    age=58,
    number_last4="**************021X",
    household_size=4,
    phone="13812345678",
    address="山东省济宁市曲阜市姚村镇陈家寨村3组21号",
    address_basis="住院登记 2026-11",
    reasons=(
        "家中有人2026年11月住院一次,自己负担的费用较多(约2.6万元)",
        "家中有人2026年11月住院治疗,之后可能需要较长时间休养和照料",
    ),
    verify=(
        "是否还在住院;照护的家人是否因此误工;费用是借的还是攒的",
        "能否继续劳动;后续治疗怎么安排;谁来照料;是否已申请医疗救助",
    ),
    due_on=date(2026, 11, 25),
    due_provisional=False,
    first_found=date(2026, 11, 22),
)


def order(sequence, **changes):
    """Chen's order with another number and some other facts."""
    return replace(CHEN, order_no=order_number("370881", ON, sequence), **changes)


def township(*lines, **changes):
    """The list of 姚村镇 with these orders."""
    told = {
        "county_name": "曲阜市",
        "township_code": "370881105",
        "township_name": "姚村镇",
        "on": ON,
        "contact": "市民政局社会救助科 0537-4490000",
        "lines": lines or (CHEN,),
    }
    return TownshipList(**{**told, **changes})
