"""What is copied into other sites: the frame, with and without the script that follows its height, and the picture."""

from html import escape


def frame_code(address: str, title: str, height: int, width: int | None = None) -> str:
    """A frame of fixed height; it needs nothing of the site that holds it."""
    wide = str(width) if width is not None else "100%"
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{wide}" height="{height}" '
        'style="border:0;max-width:100%" loading="lazy"></iframe>'
    )


def following_code(address: str, title: str, height: int, site: str) -> str:
    """The same, growing and shrinking with its content."""
    return f'{frame_code(address, title, height)}\n<script src="{escape(site)}/sematan.js" async></script>'


def picture_code(address: str, title: str, link: str) -> str:
    """The chart as a picture behind a link."""
    picture = f'<img src="{escape(address)}" alt="{escape(title)}" width="600" style="max-width:100%;height:auto">'
    return f'<a href="{escape(link)}">{picture}</a>'
