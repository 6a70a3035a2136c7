"""What people type in the sample hospital, from the outpatient hall, and what comes first."""

from functools import cache

import pytest

from wayfinder.formats import read_plan
from wayfinder.model import list_signs
from wayfinder.presets import list_kinds
from wayfinder.resources import floorplans_dir
from wayfinder.services.directory import Directory, Hit

WANTED = {
    (
        "Registration & Cashier",
        "1F",
    ): "挂号|guahao|gh|register|registration|交钱|缴费|收费处|pay|cashier|退号|发票|专家号",
    (
        "Outpatient Pharmacy",
        "1F",
    ): "取药|拿药|药房|yaofang|pharmacy|farmacy|prescription|門診藥房|门诊药局|取要",
    ("Chinese Medicine Pharmacy", "1F"): "中药房|中药|chinese medicine pharmacy",
    (
        "Blood Sampling",
        "2F",
    ): "抽血|验血|采血|采雪|抽雪|caixue|choxue|chouxue|cx|blood test|blood sampling|化验|我要抽血",
    ("Clinical Laboratory", "2F"): "检验科|clinical laboratory",
    ("Cardiology", "2F"): (
        "心内科|心血管内科|cardiology|cardiolgy|xinneike|xnk|heart doctor|怎么去心内科|"
        "心内科在哪里|心内科专家门诊|心血管内课|CARDIOLOGY"
    ),
    ("ECG", "2F"): "心电图|xdt|xindiantu|ECG|ekg|心典图",
    ("Gastroenterology", "2F"): "消化内科|肠胃科|gastro|gastroenterology|gastroenterolgy",
    ("Respiratory Medicine", "2F"): "呼吸科|huxi|respiratory",
    ("Endocrinology", "2F"): "糖尿病|endocrinology",
    ("Neurology", "2F"): "神经内科|neurology",
    ("Nephrology", "2F"): "肾内科|nephrology",
    ("Orthopaedics", "3F"): "骨科|guke|orthopaedics|orthopedics|orthopeadics",
    ("Urology", "3F"): "泌尿外科|urology",
    ("Thoracic Surgery", "3F"): "胸外科",
    ("General Surgery", "3F"): "普外科|general surgery",
    ("Breast & Thyroid", "3F"): "甲乳外科|breast",
    ("Proctology", "3F"): "肛肠科",
    ("Pain Clinic", "3F"): "疼痛科",
    ("Gynaecology", "4F"): "妇科|gynaecology|gynecology",
    ("Obstetrics", "4F"): "产科|产检|antenatal|obstetrics",
    ("Ophthalmology", "4F"): "眼科|yanke|eye clinic|ophthalmology|opthalmology",
    ("ENT", "4F"): "耳鼻喉科|五官科|ENT|ear nose throat",
    ("Dentistry", "4F"): "口腔科|牙科|yake|dentist|拔牙",
    ("Dermatology", "4F"): "皮肤科|pifuke|dermatology|skin|dermatolgy|皮膚科|derma",
    ("Chinese Medicine", "5F"): "中医馆|zhongyi",
    ("Acupuncture & Tuina", "5F"): "针灸|acupuncture|推拿",
    ("Rehabilitation", "5F"): "康复|rehabilitation",
    ("Psychology", "5F"): "心理门诊|psychology",
    ("Health Examination", "5F"): "体检|体检中心|health check|checkup",
    ("Special Clinic", "5F"): "特需门诊",
    ("Radiology", "1F"): "放射科|拍片|X光|x-ray|xray|x rays|X ray|胸片",
    ("CT", "1F"): "CT|CT室|做CT|拍CT|cat scan|ＣＴ",
    ("MRI", "1F"): "核磁|核磁共振|MRI|mri scan",
    ("Ultrasound", "2F"): "B超|彩超|ultrasound|chaosheng",
    ("Endoscopy Centre", "3F"): "胃镜|肠镜|endoscopy|内镜中心",
    ("Dialysis", "3F"): "透析|血透|dialysis|hemodialysis",
    ("Radiotherapy", "B1"): "放疗科|radiotherapy",
    ("Nuclear Medicine", "B1"): "核医学",
    ("PET-CT", "B1"): "PET-CT|petct",
    ("Hyperbaric Oxygen", "B1"): "高压氧|hyperbaric",
    ("Pathology", "2F"): "病理科",
    ("Lung Function", "3F"): "肺功能",
    ("Emergency", "1F"): "emergancy|急真|急诊|jizhen|emergency|A&E|ER|emergency room|急救|急診",
    ("Resuscitation", "1F"): "抢救室",
    ("Triage", "1F"): "分诊|triage",
    ("Fever Clinic", "1F"): "发热门诊|fever clinic|发烧",
    ("Enteric Clinic", "1F"): "肠道门诊",
    ("Paediatrics", "1F"): "儿科|erke|paediatrics|pediatrics|小儿科",
    ("Infusion Room", "1F"): "输液|打针|挂水|infusion",
    ("#restroom", ""): (
        "厕所|toilet|toilets|wc|洗手间|restroom|最近的厕所|where is the nearest toilet|"
        "請問廁所在哪裡"
    ),
    ("#restroom.wheelchair", ""): "无障碍卫生间|残疾人厕所|accessible toilet|disabled toilet",
    ("#restroom.female", ""): "女厕|ladies",
    ("#restroom.family", ""): "家庭卫生间",
    ("#mothersroom", ""): "母婴室|喂奶|baby care",
    ("#elevator", ""): "电梯|lift|elevator",
    ("#escalator", ""): "扶梯",
    ("#stairs", ""): "楼梯",
    ("#pedestrian.principal", ""): "出口|exit|way out|大门",
    ("#drinkingfountain", ""): "开水|water",
    ("Wheelchair Loan", "1F"): "轮椅|wheelchair|借轮椅",
    ("#atm", ""): "ATM",
    ("#bank", ""): "取钱",
    ("Shop", "B1"): "超市|shop",
    ("Canteen", "B1"): "餐厅|canteen|吃饭",
    ("Café", "1F"): "咖啡|coffee",
    ("#parking", ""): "停车|停车场|car park|parking",
    ("#powerchargingstation", ""): "充电",
    ("Information", "1F"): "导诊台|问讯|information|help desk",
    ("Medical Records Copies", "B1"): "病案复印|复印病历|medical records",
    ("Admissions & Discharge", "1F"): "住院办理|出院|办出院|admission|discharge",
    ("Visitor Desk", "1F"): "探视|visitor",
    ("ICU", "4F"): "ICU|重症",
    ("Operating Theatres", "4F"): "手术室|operating theatre",
    ("Family Waiting", "4F"): "家属等候",
    ("#nursestation", ""): "护士站|住院楼护士站",
    ("Lost & Found", "1F"): "失物招领|lost and found",
    ("Security", "1F"): "保安|security",
    ("Inpatient Tower", ""): "住院楼|C楼|Inpatient Tower",
    ("Outpatient Building", ""): "门诊楼",
    ("Outpatient Building, Floor 3F", "3F"): "3F|三楼|门诊三楼|门诊楼3楼",
    ("Inpatient Tower, Floor 9F", "9F"): "住院楼9F|Inpatient Tower 9F|c9f",
    ("Outpatient Building, Floor B1", "B1"): "B1|地下一层|负一楼",
    ("#restroom", "2F"): "二楼厕所|toilet on the 2nd floor",
    ("Inpatient Tower, Floor 12F", "12F"): "住院部12楼",
    ("C-117", "B1"): "C-117",
    ("Room 312", "3F"): "312",
    ("One-stop Service Centre", "1F"): "一站式服务中心|医保|开证明|投诉",
    ("Diagnostics Building", ""): "医技楼",
    ("Cashier 2F", "2F"): "二楼收费处",
    ("Decoction Room", "B1"): "煎药",
    ("Taxi Rank", ""): "打车|taxi",
    ("Bus Stop (Hospital)", ""): "公交",
    ("Drop-off", ""): "drop off",
    ("#defibrillator", ""): "AED|除颤",
    ("#seating", ""): "seats",
    ("#vendingmachine", ""): "vending",
    ("#restroom.male", ""): "男厕|gents|men's toilet",
    ("Inpatient Tower, Floor 11F", "11F"): "住院楼11层",
}
"""English name and floor of the first hit, or ``#`` and its category; and the queries."""

QUERIES = [(typed, place) for place, many in WANTED.items() for typed in many.split("|")]
SYMPTOMS = ("headache", "头疼", "头痛", "肚子疼", "toothache", "咳嗽", "I feel sick", "心慌")


@cache
def read_directory() -> Directory:
    directory = Directory(read_plan(floorplans_dir() / "hospital").plan)
    directory.prepare()
    return directory


def search(typed: str) -> tuple[Hit, ...]:
    hall = read_directory().find_exact("Outpatient Hall")[0]
    return read_directory().search(typed, language="en", near=hall).hits


def test_there_are_enough_of_them() -> None:
    assert len(QUERIES) >= 300


@pytest.mark.parametrize(("typed", "place"), QUERIES)
def test_the_right_place_comes_first(typed: str, place: tuple[str, str]) -> None:
    (first, *_) = search(typed)
    name, floor = place
    if name.startswith("#"):
        assert name[1:] in list_kinds(first.category)
    else:
        assert first.name == name
    assert floor in {"", first.floor}


@pytest.mark.parametrize("typed", SYMPTOMS)
def test_complaints_find_what_the_hospital_itself_calls_so_or_the_desk(typed: str) -> None:
    found = read_directory().search(typed, language="en")
    assert all(typed in hit.matched for hit in found.hits)
    if not found.hits:
        assert found.desk is not None
        assert found.desk.category == "information"


def test_equal_names_are_told_apart_by_building_floor_and_department() -> None:
    hits = [hit for hit in search("nurse station") if hit.name == "Nurse Station"]
    assert len(hits) > 5
    assert len({(hit.building, hit.floor, hit.area) for hit in hits}) == len(hits)
    assert any(hit.area for hit in hits)


@pytest.mark.parametrize(
    ("typed", "ending", "count"),
    [("内科", "内科门诊楼2F", 5), ("外科", "外科门诊楼3F", 4), ("住院", "出入院办理住院楼1F", 1)],
)
def test_the_clinics_come_before_the_rooms_that_are_called_alike(
    typed: str, ending: str, count: int
) -> None:
    found = read_directory().search(typed, near=read_directory().find_exact("Outpatient Hall")[0])
    first = [f"{hit.name}{hit.building}{hit.floor}" for hit in found.hits[:count]]
    assert all(said.endswith(ending[-6:]) for said in first), first
    assert any(said.endswith(ending) for said in first), first


def test_a_department_and_its_room_are_one_hit() -> None:
    names = [hit.name for hit in search("心血管内科")]
    assert names.count("Cardiology") == 1


def test_a_lift_is_one_hit_with_the_door_on_ones_own_floor() -> None:
    lifts = [hit for hit in search("lift") if hit.building == "Outpatient Building"]
    assert {hit.floor for hit in lifts} == {"1F"}
    assert len({hit.name for hit in lifts}) == len(lifts)


def test_the_closed_come_after_the_open() -> None:
    directory = read_directory()
    plain = directory.search("pharmacy", near=directory.find_exact("Outpatient Hall")[0])
    first = plain.hits[0].id
    asked = directory.search(
        "pharmacy",
        near=directory.find_exact("Outpatient Hall")[0],
        is_open=lambda feature_id: feature_id != first,
    )
    assert asked.hits[0].id != first
    assert {hit.id for hit in asked.hits} == {hit.id for hit in plain.hits}


def test_a_closed_clinic_does_not_give_way_to_the_ward_of_its_department() -> None:
    hospital = read_directory()
    sign = next(sign.id for sign in list_signs(hospital.plan) if sign.ref == "AB1-01")
    plain = hospital.search("心内科", language="zh-Hans", near=sign)
    clinic, ward = plain.hits[:2]
    assert (clinic.name, ward.name) == ("心血管内科", "心血管内科病区")
    asked = hospital.search(
        "心内科", language="zh-Hans", near=sign, is_open=lambda feature_id: feature_id != clinic.id
    )
    assert [hit.id for hit in asked.hits[:2]] == [clinic.id, ward.id]


LAY_WORDS = (
    "采雪|抽血|挂号|挂好|拿药|取药|缴费|交钱|厕所|洗手间|电梯|出口|停车|公交|打车|"
    "问讯|拍片|核磁|胃镜|打针|挂水|验尿|拿报告|看牙|小孩看病|产检|体检|办住院|看病人|"
    "医保|盖章|复印病历|吃饭|开水|取钱|借轮椅|丢东西|farmacy|baby change|bus|A&E|ER|"
    "ladies|gents|X ray|x-ray|cat scan|parking|car park|ticket|chemist|bloods|loo|"
    "cash machine|lost property|eye doctor|kids|pregnant|physio|way out|copy records|"
    "visiting"
)


def test_lay_words_find_something_in_any_hall_and_in_both_languages() -> None:
    words = LAY_WORDS.split("|")
    assert len(words) >= 60
    lost = [word for word in words for tag in ("zh-Hans", "en") if not find_first(word, tag)]
    assert lost == []


def find_first(typed: str, language: str, ref: str = "A1-07") -> str:
    """Return the category of what comes first for somebody at a sign."""
    sign = next(sign.id for sign in list_signs(read_directory().plan) if sign.ref == ref)
    hits = read_directory().search(typed, language=language, near=sign).hits
    return hits[0].category if hits else ""


@pytest.mark.parametrize(
    ("typed", "category"),
    [
        ("baby change", "mothersroom"),
        ("bus", "bus"),
        ("ticket", "checkin.selfservice"),
        ("cat scan", "ct"),
        ("小孩看病", "paediatrics"),
        ("fisio", "rehabilitation"),
        ("bloods", "bloodsampling"),
    ],
)
def test_a_lay_word_finds_its_kind_of_place(typed: str, category: str) -> None:
    assert find_first(typed, "en") == category


@pytest.mark.parametrize("ref", ["A1-07", "A3-02", "B2-03", "C6-03", "G-01", "P2-01"])
@pytest.mark.parametrize("typed", ["抽血", "采雪", "blood test", "bloods"])
def test_blood_is_drawn_for_outpatients_before_the_procedure_rooms_of_wards(
    typed: str, ref: str
) -> None:
    directory = read_directory()
    sign = next(sign.id for sign in list_signs(directory.plan) if sign.ref == ref)
    hits = directory.search(typed, language="en", near=sign, limit=40).hits
    assert hits[0].category == "bloodsampling"
    assert hits[0].building in {"Outpatient Building", "Diagnostics Building"}
    wards = [n for n, hit in enumerate(hits) if hit.category == "treatmentroom"]
    labs = [n for n, hit in enumerate(hits) if hit.match == hits[0].match and n not in wards]
    assert all(ward > lab for ward in wards for lab in labs if hits[ward].match == hits[0].match)


def test_at_night_what_is_open_comes_before_what_is_meant_and_closed() -> None:
    directory = read_directory()
    (hall,) = directory.find_exact("Outpatient Hall")
    plain = directory.search("抽血", near=hall).hits
    shut = {hit.id for hit in plain if hit.category == "bloodsampling"}
    asked = directory.search("抽血", near=hall, is_open=lambda feature_id: feature_id not in shut)
    assert asked.hits[0].name in {"夜间检验窗口", "急诊检验"}
