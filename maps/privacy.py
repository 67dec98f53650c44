"""Keep phones, accounts and customers' names out of a page that anyone may pass on."""

from __future__ import annotations

from collections.abc import Callable

from domain.masking import HIDDEN, masked_text
from domain.network import PipeNetwork
from domain.words import PremisesKind


def masker(network: PipeNetwork) -> Callable[[str], str]:
    """Return a function that hides long numbers, accounts and householders' names in a text.

    Names of shops, schools and hospitals stay: callers use them to say where they are.
    """
    homes = [one for one in network.premises if one.kind is PremisesKind.HOME]
    names = {one.name for one in homes if len(one.name) > 1}
    accounts = {one.account for one in network.premises if len(one.account) > 3}
    secrets = sorted(names | accounts, key=lambda secret: (-len(secret), secret))

    def mask(text: str) -> str:
        text = masked_text(text)
        for secret in secrets:
            if secret in text:
                text = text.replace(secret, HIDDEN)
        return text

    return mask
