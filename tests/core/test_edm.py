"""The vocabulary: a declaration checks itself when it is made, and finds what it declares."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mockserver.core.edm import (
    LIST,
    ComplexType,
    EntitySet,
    EntityType,
    EnumType,
    Model,
    Navigation,
    Property,
    StructuredType,
)

CITY = EntityType("city", (Property("id"),), (Navigation("river", "river", stored=True),))
RIVER = EntityType("river", (Property("id"),), (Navigation("cities", "city", inverse="river"),))
SHAPE = ComplexType("shape", (Property("colour"),))
CIRCLE = ComplexType("circle", (Property("radius"), Property("area", hidden=True)), base=SHAPE)


def model(*types):
    return Model(sets=(), types=types)


@pytest.mark.parametrize(
    ("properties", "navigations"),
    [
        ((Property("name"), Property("name")), ()),
        ((Property("name"), Property("Name")), ()),
        ((), (Navigation("name", "city", stored=True), Navigation("name", "city", stored=True))),
        ((Property("name"),), (Navigation("NAME", "city", stored=True),)),
    ],
    ids=["property", "letter case", "navigation", "property and navigation"],
)
def test_a_type_does_not_declare_a_name_twice(properties, navigations):
    with pytest.raises(ValueError, match="city declares name twice"):
        StructuredType("city", properties, navigations)


@pytest.mark.parametrize(
    ("navigation", "message"),
    [
        (Navigation("sea", "sea", stored=True), "town.sea leads to sea, which is not declared"),
        (Navigation("mayor", "city", inverse="mayor"), "town.mayor is the inverse of city.mayor, which keeps nothing"),
        (Navigation("up", "river", inverse="cities"), "town.up is the inverse of river.cities, which keeps nothing"),
        (Navigation("sister", "city"), "town.sister is neither kept nor computed"),
    ],
    ids=["no target", "no inverse", "inverse of a computed one", "nothing keeps it"],
)
def test_a_model_refuses_a_navigation_that_leads_nowhere(navigation, message):
    with pytest.raises(ValueError, match=message):
        model(CITY, RIVER, EntityType("town", (), (navigation,)))


@pytest.mark.parametrize(
    "navigation",
    [
        Navigation("next", "city", stored=True),
        Navigation("parts", "city", contained=True),
        Navigation("rivers", "river", stored=True, many=True),
    ],
    ids=["kept", "contained", "many"],
)
def test_a_model_takes_a_navigation_that_leads_somewhere(navigation):
    made = model(CITY, RIVER, EntityType("town", (), (navigation,)))

    assert navigation is made.type("town").navigation(navigation.name)


class TestNames:
    @pytest.mark.parametrize("name", ["colour", "Colour", "COLOUR"])
    def test_a_property_is_found_in_any_letter_case(self, name):
        assert SHAPE.properties[0] is SHAPE.property(name)

    @pytest.mark.parametrize(("name", "expected"), [("colour", SHAPE.properties[0]), ("Colour", None)])
    def test_a_property_is_found_in_its_own_letters_only_where_that_is_asked(self, name, expected):
        assert expected is SHAPE.property(name, ignore_case=False)

    @pytest.mark.parametrize("name", ["river", "RIVER"])
    def test_a_navigation_is_found_in_any_letter_case(self, name):
        assert CITY.navigations[0] is CITY.navigation(name)

    def test_a_navigation_is_found_in_its_own_letters_only_where_that_is_asked(self):
        assert CITY.navigation("River", ignore_case=False) is None

    def test_what_is_not_declared_is_none(self):
        assert (None, None) == (SHAPE.property("size"), CITY.navigation("sea"))

    @pytest.mark.parametrize("ignore_case", [True, False])
    def test_a_hidden_property_is_not_found(self, ignore_case):
        assert CIRCLE.property("area", ignore_case=ignore_case) is None

    def test_a_hidden_property_is_not_visible(self):
        assert ["colour", "radius"] == [each.name for each in CIRCLE.visible]

    def test_a_hidden_property_is_kept_all_the_same(self):
        assert ["colour", "radius", "area"] == list(CIRCLE.property_by_name)

    def test_names_are_qualified_by_microsofts_namespace(self):
        assert "microsoft.graph.circle" == CIRCLE.qualified_name


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(SHAPE, SHAPE, True), (CIRCLE, SHAPE, True), (SHAPE, CIRCLE, False), (CITY, RIVER, False)],
)
def test_a_type_is_what_it_is_derived_from(one, other, expected):
    assert expected is one.is_a(other)


def test_a_derived_type_has_the_navigations_of_its_base():
    assert {"river"} == set(EntityType("capital", base=CITY).navigation_by_name)


def test_the_links_of_a_type_are_the_navigations_it_keeps():
    assert (["river"], []) == ([each.name for each in CITY.links], [each.name for each in RIVER.links])


def test_a_member_is_found_by_its_lower_name_whether_published_or_observed():
    region = EnumType("region", ("nam", "Eur"), observed=("japan",))

    assert {"nam": "nam", "eur": "Eur", "japan": "japan"} == region.by_lower_name


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        (("active", "inactive"), set()),
        (("nam", "unknownFutureValue"), set()),
        (("nam", "unknownFutureValue", "mars", "venus"), {"mars", "venus"}),
    ],
)
def test_the_members_beyond_the_sentinel_came_later(members, expected):
    assert expected == EnumType("region", members).beyond_sentinel


def test_a_property_is_found_by_its_other_name_too():
    shape = ComplexType("shape", (Property("colour", alias="color"),))

    assert shape.properties[0] is shape.property("Color")


def test_a_property_is_found_by_its_own_name_alone_where_its_own_letters_are_asked_for():
    shape = ComplexType("shape", (Property("colour", alias="color"),))

    assert shape.property("color", ignore_case=False) is None


class TestComplexValues:
    """Navigations that start inside a complex value, as those of an application's segments do."""

    LAKES = Navigation("lakes", "lake", contained=True)
    NATURE = ComplexType("nature", abstract=True)
    WET = ComplexType("wetNature", navigations=(LAKES,), base=NATURE)
    LAKE = EntityType("lake", (Property("id"),))
    TOWN = EntityType("town", (Property("id"), Property("land", ComplexType("land", (Property("nature", NATURE),)))))
    MODEL = Model(sets=(), types=(TOWN, LAKE), derived=(WET,))

    def test_they_are_navigations_of_the_entity_that_has_the_value(self):
        assert (self.TOWN, self.LAKES) in list(self.MODEL.navigations())

    def test_the_model_knows_where_they_start(self):
        assert "land/nature/microsoft.graph.wetNature" == self.MODEL.inside(self.LAKES)

    def test_any_other_navigation_starts_at_its_entity(self):
        assert "" == model(CITY, RIVER).inside(CITY.navigations[0])

    @pytest.mark.parametrize("name", ["microsoft.graph.wetNature", "Microsoft.Graph.WETNATURE"])
    def test_a_kind_of_the_value_is_found_by_its_name(self, name):
        assert self.WET is self.MODEL.derived_type(name, self.NATURE)

    @pytest.mark.parametrize(
        ("name", "base"), [("wetNature", NATURE), ("microsoft.graph.dry", NATURE), ("microsoft.graph.wetNature", SHAPE)]
    )
    def test_what_is_no_kind_of_it_is_not_found(self, name, base):
        assert self.MODEL.derived_type(name, base) is None

    def test_a_model_checks_them_as_any_other(self):
        lost = ComplexType("wetNature", navigations=(Navigation("seas", "sea", contained=True),), base=self.NATURE)
        with pytest.raises(ValueError, match=r"town\.seas leads to sea"):
            Model(sets=(), types=(self.TOWN,), derived=(lost,))


class TestModel:
    NEW = EntityType(
        "city",
        (Property("id"), Property("mood", beta_only=True)),
        (Navigation("river", "river", stored=True, beta_only=True),),
    )
    SETS = (
        EntitySet("bigCities", NEW, versions=frozenset({"beta", "v1.0"})),
        EntitySet("rivers", RIVER, frozenset({LIST})),
    )
    MODEL = Model(sets=SETS, types=(NEW, replace(RIVER, beta_only=True)))

    @pytest.mark.parametrize("name", ["bigCities", "BigCities", "bigcities"])
    def test_a_set_is_found_in_any_letter_case(self, name):
        assert "bigCities" == self.MODEL.entity_set(name).name

    def test_a_set_is_found_in_its_own_letters_only_where_that_is_asked(self):
        assert self.MODEL.entity_set("bigcities", ignore_case=False) is None

    def test_a_set_that_is_not_declared_is_none(self):
        assert self.MODEL.entity_set("seas") is None

    def test_every_navigation_comes_with_the_type_it_starts_at(self):
        assert [("city", "river"), ("river", "cities")] == [
            (holder.name, navigation.name) for holder, navigation in self.MODEL.navigations()
        ]

    def test_under_v1_there_are_the_sets_that_are_there_too(self):
        assert ["bigCities"] == list(self.MODEL.v1().sets)

    def test_under_v1_a_type_lacks_what_is_beta_only(self):
        v1 = self.MODEL.v1().type("city")

        assert (["id"], []) == (list(v1.property_by_name), list(v1.navigation_by_name))

    def test_under_v1_there_are_no_types_that_are_beta_only(self):
        assert ["city"] == list(self.MODEL.v1().entity_types)

    def test_under_v1_no_navigation_leads_to_one(self):
        lake = EntityType("lake", (Property("id"),), (Navigation("river", "river", stored=True),))
        made = model(lake, replace(RIVER, navigations=(), beta_only=True))

        assert [] == list(made.v1().type("lake").navigation_by_name)

    def test_under_beta_it_is_still_there(self):
        self.MODEL.v1()

        assert ["id", "mood"] == list(self.MODEL.type("city").property_by_name)
