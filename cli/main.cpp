#include <unistd.h>

#include <clocale>
#include <csignal>
#include <iostream>

#include "commands/command.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an output error, not a silent death
  std::ios::sync_with_stdio(false);
  presproof::cli::Environment environment{.in = std::cin,
                                          .out = std::cout,
                                          .err = std::cerr,
                                          .out_is_terminal = isatty(STDOUT_FILENO) != 0,
                                          .err_is_terminal = isatty(STDERR_FILENO) != 0};
  return presproof::cli::run_program(argc, argv, environment);
}
