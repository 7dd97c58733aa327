"""Chats: Telegram and Microsoft Teams through Apprise, each person at the address that stands among their contacts."""

from __future__ import annotations

from collections.abc import Collection

from workflow.notify.channels import AppriseChannel
from workflow.notify.guard import AddressRefused, checked
from workflow.ports import ChannelFailed, Message

TELEGRAM = "telegram"
TEAMS = "teams"


def telegram(token: str) -> AppriseChannel:
    """Telegram by one bot of this installation.

    A person's address is the number of their chat with it, or the @name of a channel.
    """
    url = f"tgram://{token}/{{address}}/?format=text&overflow=split"
    return AppriseChannel(TELEGRAM, url, secret=token, shape=r"-?\d{1,32}|@\w{4,64}")


class TeamsChannel(AppriseChannel):
    """Microsoft Teams by workflows; a person's address is the whole address that Teams gave for theirs.

    Apprise's own form, workflows://host/workflow/signature, is taken, too. `allowed`: see `guard.checked`.
    """

    def __init__(self, allowed: Collection[str] = ()) -> None:
        super().__init__(TEAMS, "{address}")
        self._allowed = frozenset(allowed)

    def send(self, message: Message) -> None:
        """Hand the text over. Raises `ChannelFailed`."""
        address = self.url_for(message.to_address)
        try:
            checked(address.replace("workflows://", "https://", 1), self._allowed)
        except AddressRefused as error:
            raise ChannelFailed(f"Không gọi webhook này: {error}.", permanent=True) from error
        except (OSError, UnicodeError) as error:
            raise ChannelFailed(f"Không tìm thấy máy của webhook: {error}.") from error
        if not (address.startswith("workflows://") or "/workflows/" in address):
            raise ChannelFailed(f"Kênh «{self.name}» không hiểu địa chỉ {message.to_address}.", permanent=True)
        super().send(message)

    def url_for(self, address: str) -> str:
        """The address as it is: it is one already."""
        return address.strip()
