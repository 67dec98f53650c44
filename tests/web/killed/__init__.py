"""A server that is killed again and again, and clients who keep books of what it promised."""

import pytest

# So that what the audit finds is shown, not only that it found something.
pytest.register_assert_rewrite("tests.web.killed.audit", "tests.web.killed.people")
