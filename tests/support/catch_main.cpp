// Compiled once and linked into every test executable; only Catch2 2.x needs it.
#define CATCH_CONFIG_MAIN
#include <tusker_test/catch.hpp>
