#pragma once

/// The one way to Catch2 for all tests: 2.x is a single header, 3.x has many.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
