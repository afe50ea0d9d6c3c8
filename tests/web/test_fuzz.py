"""Whatever is asked: nothing breaks, what is refused does nothing, and every tenant can be written as a fixture."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from web import grammar
from web.asking import GROUPS, PLAIN, WIKI, Mock, P, refusal

FUZZ = settings(deadline=None, max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
MOCK = Mock()


def sent(method, target, body):
    """The answer, where the mock did not break and a refusal did nothing; the tenant is as at the start."""
    MOCK.sandbox.reset()
    before = MOCK.tenant
    answer = MOCK.ask(method, target, body)

    assert answer.status < 500 or answer.status == 501
    if answer.status >= 400:
        assert MOCK.tenant is before
        assert method == "HEAD" or refusal(answer)[0] == answer.status
    return answer


@FUZZ
@given(grammar.methods, grammar.paths, grammar.queries, grammar.bodies)
def test_no_request_breaks_anything(method, path, query, body):
    sent(method, f"{path}?{query}" if query else path, body)


@settings(FUZZ, max_examples=300)
@given(
    st.one_of(
        st.tuples(st.just("POST"), st.just(f"{P}/connectorGroups"), grammar.groups),
        st.tuples(st.just("PATCH"), st.sampled_from([f"{P}/connectorGroups/{key}" for key in GROUPS]), grammar.groups),
        st.tuples(st.just("POST"), st.just("/beta/applications"), grammar.applications),
        st.tuples(st.just("PATCH"), st.just(f"/beta/applications/{WIKI}"), grammar.applications),
        st.tuples(st.just("PATCH"), st.just(f"/beta/applications/{WIKI}"), grammar.publishings),
        st.tuples(st.just("PATCH"), st.just(f"/beta/applications/{PLAIN}"), grammar.publishings),
    )
)
def test_what_was_changed_can_be_written_as_a_fixture(request):
    if sent(*request).status < 300:
        document = MOCK.get("/_mock/tenant").json()
        again = MOCK.put("/_mock/tenant", document)

        assert (again.status, again.json()) == (200, document)


@FUZZ
@given(
    st.sampled_from([b"/", b"/beta/", b"/beta/applications?", f"{P}/connectorGroups/".encode(), f"{P}/".encode()]),
    st.binary(max_size=30),
    st.binary(max_size=20),
)
def test_no_bytes_break_anything(start, rest, body):
    sent("POST", start + rest, body)
