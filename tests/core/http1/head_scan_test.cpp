#include "http1/head_scan.h"
#include "wire/limits.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace std::string_literals;
using http1::HeadScan;
using wire::Code;

// Whole heads, and the same arriving byte by byte, must come to the same end.
struct Scanned {
    std::optional<Code> error;
    std::optional<HeadScan::Found> found;
};

Scanned scanInSteps(const std::string &bytes, std::size_t step)
{
    HeadScan scan;
    for (std::size_t size = std::min(step, bytes.size());; size = std::min(size + step, bytes.size())) {
        const auto result = scan.scan(std::string_view(bytes).substr(0, size));
        if (!result)
            return {result.error().code, {}};
        if (*result || size == bytes.size())
            return {{}, *result};
    }
}

struct BadCase {
    const char *what;
    std::string bytes;
};

const BadCase kBad[] = {
    {"bare LF after the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n"},
    {"bare LF after a field", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"},
    {"bare LF as the empty line", "GET / HTTP/1.1\r\nHost: a\r\n\n"},
    {"bare LF before the request line", "\nGET / HTTP/1.1\r\n\r\n"},
    {"bare CR in the request line", "GET /\r HTTP/1.1\r\n\r\n"},
    {"bare CR in a value", "GET / HTTP/1.1\r\nX: a\rY: b\r\n\r\n"},
    {"two CR before LF", "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n"},
    {"NUL in the request line", "GET /\0 HTTP/1.1\r\n\r\n"s},
    {"NUL in a name", "GET / HTTP/1.1\r\nHo\0st: a\r\n\r\n"s},
    {"NUL in a value", "GET / HTTP/1.1\r\nHost: a\0\r\n\r\n"s},
    {"NUL in a line that never ends", "GET /\0"s},
    {"line folded with a space", "GET / HTTP/1.1\r\nX: a\r\n b\r\n\r\n"},
    {"line folded with a tab", "GET / HTTP/1.1\r\nX: a\r\n\tb\r\n\r\n"},
    {"space before the first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n"},
    {"three empty lines first", "\r\n\r\n\r\nGET / HTTP/1.1\r\n\r\n"},
};

TEST(HeadScan, FindsTheEndOfAHead)
{
    const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    for (const std::size_t step : {std::size_t{1}, std::size_t{2}, std::size_t{7}, head.size() + 10}) {
        const auto scanned = scanInSteps(head + "body", step);
        ASSERT_TRUE(scanned.found) << step;
        EXPECT_EQ(scanned.found->begin, 0U);
        EXPECT_EQ(scanned.found->end, head.size());
    }
}

TEST(HeadScan, WaitsForTheEmptyLine)
{
    const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    for (std::size_t size = 0; size < head.size(); ++size) {
        const auto scanned = scanInSteps(head.substr(0, size), 1);
        EXPECT_FALSE(scanned.error) << size;
        EXPECT_FALSE(scanned.found) << size;
    }
}

TEST(HeadScan, SkipsEmptyLinesBeforeTheRequestLine)
{
    const std::string line = "GET / HTTP/1.1\r\n\r\n";
    for (const std::string &empty : {"\r\n"s, "\r\n\r\n"s}) {
        for (const std::size_t step : {std::size_t{1}, std::size_t{100}}) {
            const auto scanned = scanInSteps(empty + line, step);
            ASSERT_TRUE(scanned.found);
            EXPECT_EQ(scanned.found->begin, empty.size());
            EXPECT_EQ(scanned.found->end, empty.size() + line.size());
        }
    }
}

TEST(HeadScan, RefusesWhatCouldBeReadTwoWays)
{
    for (const auto &[what, bytes] : kBad) {
        for (const std::size_t step : {std::size_t{1}, std::size_t{3}, bytes.size()}) {
            const auto scanned = scanInSteps(bytes, step);
            ASSERT_TRUE(scanned.error) << what << ", step " << step;
            EXPECT_EQ(*scanned.error, Code::InvalidRequest) << what;
        }
    }
}

TEST(HeadScan, DoesNotLookAtTheBody)
{
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\n\r\n";
    const auto scanned = scanInSteps(head + "\0\n\r x\n"s + std::string(wire::kMaxHeadBytes, 'b'), 1 << 20);
    ASSERT_TRUE(scanned.found);
    EXPECT_EQ(scanned.found->end, head.size());
}

std::string headOfSize(std::size_t size)
{
    std::string head = "GET / HTTP/1.1\r\nX: ";
    head.append(size - head.size() - 4, 'x');
    return head + "\r\n\r\n";
}

TEST(HeadScan, TakesHeadsUpToTheLimitAndNoFurther)
{
    for (const std::size_t step : {std::size_t{4096}, wire::kMaxHeadBytes * 2}) {
        const auto fits = scanInSteps(headOfSize(wire::kMaxHeadBytes), step);
        ASSERT_TRUE(fits.found) << step;
        EXPECT_EQ(fits.found->end, wire::kMaxHeadBytes);
        EXPECT_EQ(scanInSteps(headOfSize(wire::kMaxHeadBytes + 1), step).error, Code::HeadersTooLarge) << step;
        EXPECT_EQ(scanInSteps(std::string(wire::kMaxHeadBytes + 1, 'x'), step).error, Code::HeadersTooLarge) << step;
    }
}

} // namespace
