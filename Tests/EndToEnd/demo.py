"""The demo, as `make demo` runs it: a conversation in a terminal with stand-ins for AWS of its own.

Usage: demo.py PATH-OF-usher        (needs pexpect)
"""

import os
import sys

from _support import (
    ROOT, TIMEOUT, Chat, check, constants, main, need_stand_in, resume_hint, to_shape, whole,
)


def demo(room, *options):
    # HOME is that of the room; what the demo says to be kept elsewhere goes into the room too, as later options win.
    chat = Chat(
        [ROOT / "scripts/demo", *options, "--workspace", room.workspace], os.environ | {"HOME": str(room.folder)},
        room.folder, 100,
    )
    room.chats.append(chat)
    chat.child.timeout = 4 * TIMEOUT
    return chat


def case_a_whole_conversation(room):
    need_stand_in()
    chat = demo(room, "--session", room.folder.name)
    chat.talk(*whole()).expect("The notebook is ready").end()
    constants(room.notebook())


def case_ctrl_c_is_the_conversation_s(room):
    need_stand_in()
    chat = demo(room, "--session", room.folder.name)
    chat.talk(*to_shape()[:1]).expect("is the evaluation dataset?").ready().interrupt().expect("once more").ready()
    chat.interrupt()
    check(resume_hint(chat) == room.folder.name)


if __name__ == "__main__":
    sys.exit(main(globals()))
