/* SPDX-License-Identifier: MIT */
/* The pages for users: every command in them prints what they say. */
#include "support/command.h"
#include "support/support.h"

START_TEST(the_page_of_the_command) { command_page("docs/command.md"); }
END_TEST

TESTS("pages for users of the command", the_page_of_the_command);
