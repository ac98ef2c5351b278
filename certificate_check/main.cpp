#include <iostream>

#include "certificate_check/certificate.h"

int main(int argc, char** argv) { return presproof::certificate_check::run({argv + 1, argv + argc}, std::cout, std::cerr); }
