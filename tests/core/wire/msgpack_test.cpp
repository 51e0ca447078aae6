#include "wire/limits.h"
#include "wire/msgpack.h"

#include <gtest/gtest.h>

namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;
using wire::MsgpackReader;
using wire::MsgpackWriter;

template <class Write>
std::string written(Write write)
{
    std::string out;
    MsgpackWriter to(out);
    write(to);
    return out;
}

std::string nestedArrays(std::size_t depth)
{
    return std::string(depth, '\x91') + '\x01';
}

TEST(MsgpackWriter, ShortestForms)
{
    const auto text = [](std::size_t size) { return std::string(size, 's'); };
    EXPECT_EQ(written([](auto &to) { to.map(15); }), "\x8f");
    EXPECT_EQ(written([](auto &to) { to.map(16); }), "\xde\x00\x10"s);
    EXPECT_EQ(written([](auto &to) { to.map(0x10000); }), "\xdf\x00\x01\x00\x00"s);
    EXPECT_EQ(written([](auto &to) { to.array(0); }), "\x90");
    EXPECT_EQ(written([](auto &to) { to.array(16); }), "\xdc\x00\x10"s);
    EXPECT_EQ(written([](auto &to) { to.array(0x10000); }), "\xdd\x00\x01\x00\x00"s);
    EXPECT_EQ(written([](auto &to) { to.number(0x7f); }), "\x7f");
    EXPECT_EQ(written([](auto &to) { to.number(0x80); }), "\xcc\x80");
    EXPECT_EQ(written([](auto &to) { to.number(0x100); }), "\xcd\x01\x00"s);
    EXPECT_EQ(written([](auto &to) { to.number(0x10000); }), "\xce\x00\x01\x00\x00"s);
    EXPECT_EQ(written([](auto &to) { to.number(1ULL << 32); }), "\xcf\x00\x00\x00\x01\x00\x00\x00\x00"s);
    EXPECT_EQ(written([](auto &to) { to.boolean(true); }), "\xc3");
    EXPECT_EQ(written([](auto &to) { to.boolean(false); }), "\xc2");
    EXPECT_EQ(written([&](auto &to) { to.string(text(31)); }), "\xbf" + text(31));
    EXPECT_EQ(written([&](auto &to) { to.string(text(32)); }), "\xd9\x20" + text(32));
    EXPECT_EQ(written([&](auto &to) { to.string(text(256)); }), "\xda\x01\x00"s + text(256));
    EXPECT_EQ(written([&](auto &to) { to.string(text(0x10000)); }), "\xdb\x00\x01\x00\x00"s + text(0x10000));
}

TEST(MsgpackReader, ReadsBackEveryStringSize)
{
    for (const std::size_t size : {0U, 1U, 31U, 32U, 255U, 256U, 65535U, 65536U, 70000U}) {
        const std::string text(size, 's');
        const auto bytes = written([&](auto &to) { to.string(text); });
        MsgpackReader in(bytes);
        EXPECT_EQ(in.string(), text);
        EXPECT_TRUE(in.finish("test")) << size;
    }
}

TEST(MsgpackReader, ReadsBackEveryNumberSize)
{
    for (const std::uint64_t value : {0ULL, 127ULL, 128ULL, 255ULL, 256ULL, 65535ULL, 65536ULL, 0xffffffffULL,
                                      0x100000000ULL, 0xffffffffffffffffULL}) {
        const auto bytes = written([&](auto &to) { to.number(value); });
        MsgpackReader in(bytes);
        EXPECT_EQ(in.number(), value);
        EXPECT_TRUE(in.finish("test")) << value;
    }
}

TEST(MsgpackReader, ReadsLongerFormsThanNeeded)
{
    MsgpackReader in(
        "\xdd\x00\x00\x00\x03\xdb\x00\x00\x00\x01s\xcf\x00\x00\x00\x00\x00\x00\x00\x05\xdf\x00\x00\x00\x00"sv);
    EXPECT_EQ(in.array(), 3U);
    EXPECT_EQ(in.string(), "s");
    EXPECT_EQ(in.number(), 5U);
    EXPECT_EQ(in.map(), 0U);
    EXPECT_TRUE(in.finish("test"));
}

TEST(MsgpackReader, FirstFailureSticks)
{
    MsgpackReader in("\x01\xa1x"sv);
    EXPECT_EQ(in.string(), "");
    EXPECT_FALSE(in.ok());
    EXPECT_EQ(in.string(), "");
    EXPECT_EQ(in.number(), 0U);
    EXPECT_EQ(in.map(), 0U);
    EXPECT_EQ(in.array(), 0U);
    EXPECT_FALSE(in.boolean());
    EXPECT_FALSE(in.takeNil());
    in.fail("something else");
    const auto verdict = in.finish("head");
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error(), (wire::Error{wire::Code::ProtocolError, "head: expected a string"}));
}

// Every first byte of a value, and whether each read takes it.
TEST(MsgpackReader, RefusesWrongTypes)
{
    for (unsigned first = 0; first < 256; ++first) {
        const auto bytes = std::string(1, static_cast<char>(first)) + std::string(64, '\0');
        const auto takes = [&](auto read) {
            MsgpackReader in(bytes);
            static_cast<void>(read(in));
            return in.ok();
        };
        EXPECT_EQ(takes([](auto &in) { return in.string(); }),
                  (first >= 0xa0 && first < 0xc0) || (first >= 0xd9 && first <= 0xdb))
            << first;
        EXPECT_EQ(takes([](auto &in) { return in.number(); }), first < 0x80 || (first >= 0xcc && first <= 0xcf))
            << first;
        EXPECT_EQ(takes([](auto &in) { return in.boolean(); }), first == 0xc2 || first == 0xc3) << first;
        EXPECT_EQ(takes([](auto &in) { return in.map(); }),
                  (first >= 0x80 && first < 0x90) || first == 0xde || first == 0xdf)
            << first;
        EXPECT_EQ(takes([](auto &in) { return in.array(); }),
                  (first >= 0x90 && first < 0xa0) || first == 0xdc || first == 0xdd)
            << first;
    }
}

TEST(MsgpackReader, BelievesNoLengthTheBytesCannotHold)
{
    for (const auto &bytes : {"\xdb\xff\xff\xff\xff"s + "abc", "\xda\xff\xff"s, "\xd9\x02x"s, "\xbfx"s, "\xdb\xff"s}) {
        MsgpackReader in(bytes);
        EXPECT_EQ(in.string(), "");
        EXPECT_EQ(in.finish("t").error().message, "t: truncated");
    }
    for (const auto &bytes : {"\xdd\xff\xff\xff\xff\x01"s, "\xdc\x00\x02\x01"s, "\x92\x01"s}) {
        MsgpackReader in(bytes);
        EXPECT_EQ(in.array(), 0U);
        EXPECT_FALSE(in.ok());
    }
    for (const auto &bytes : {"\xdf\xff\xff\xff\xff\x01\x01"s, "\xdf\x80\x00\x00\x00"s, "\x82\x01\x02\x03"s}) {
        MsgpackReader in(bytes);
        EXPECT_EQ(in.map(), 0U);
        EXPECT_FALSE(in.ok());
    }
}

TEST(MsgpackReader, TakesNilOnlyWhenItIsThere)
{
    MsgpackReader in("\xc0\x01"sv);
    EXPECT_TRUE(in.takeNil());
    EXPECT_FALSE(in.takeNil());
    EXPECT_EQ(in.number(), 1U);
    EXPECT_FALSE(in.takeNil());
    EXPECT_TRUE(in.finish("test"));
}

TEST(MsgpackReader, SkipsEveryType)
{
    const std::string values[] = {
        "\x05"s,
        "\xff"s,
        "\xc0"s,
        "\xc2"s,
        "\xc3"s,
        "\xa3"
        "abc"s,
        "\xd9\x01x"s,
        "\xda\x00\x01x"s,
        "\xdb\x00\x00\x00\x01x"s,
        "\xc4\x02xx"s,
        "\xc5\x00\x01x"s,
        "\xc6\x00\x00\x00\x01x"s,
        "\xc7\x01\x7fx"s,
        "\xc8\x00\x01\x7fx"s,
        "\xc9\x00\x00\x00\x01\x7fx"s,
        "\xca"
        "1234"s,
        "\xcb"
        "12345678"s,
        "\xcc"
        "1"s,
        "\xcd"
        "12"s,
        "\xce"
        "1234"s,
        "\xcf"
        "12345678"s,
        "\xd0"
        "1"s,
        "\xd1"
        "12"s,
        "\xd2"
        "1234"s,
        "\xd3"
        "12345678"s,
        "\xd4t"
        "1"s,
        "\xd5t"
        "12"s,
        "\xd6t"
        "1234"s,
        "\xd7t"
        "12345678"s,
        "\xd8t"
        "1234567890123456"s,
        "\x90"s,
        "\x93\x01\x90\xa1x"s,
        "\xdc\x00\x01\x01"s,
        "\xdd\x00\x00\x00\x01\x01"s,
        "\x80"s,
        "\x82\x01\x91\x02\x03\x80"s,
        "\xde\x00\x01\x01\x01"s,
        "\xdf\x00\x00\x00\x01\x01\x01"s,
    };
    for (const auto &value : values) {
        MsgpackReader whole(value);
        whole.skip(wire::kMaxNesting);
        EXPECT_TRUE(whole.finish("test")) << testing::PrintToString(value);
        for (std::size_t size = 0; size < value.size(); ++size) {
            MsgpackReader cut(std::string_view(value).substr(0, size));
            cut.skip(wire::kMaxNesting);
            EXPECT_FALSE(cut.finish("test")) << testing::PrintToString(value) << " cut to " << size;
        }
    }
    MsgpackReader never("\xc1"sv);
    never.skip(wire::kMaxNesting);
    EXPECT_FALSE(never.ok());
}

TEST(MsgpackReader, SkipStopsAfterOneValue)
{
    MsgpackReader in("\x92\x01\x81\x01\x02\xa4next"sv);
    in.skip(wire::kMaxNesting);
    EXPECT_EQ(in.string(), "next");
    EXPECT_TRUE(in.finish("test"));
}

TEST(MsgpackReader, SkipBoundsNesting)
{
    for (unsigned depth = 0; depth <= wire::kMaxNesting; ++depth) {
        const auto fits = nestedArrays(depth);
        MsgpackReader in(fits);
        in.skip(depth);
        EXPECT_TRUE(in.finish("test")) << depth;
        const auto deeper = nestedArrays(depth + 1);
        MsgpackReader refused(deeper);
        refused.skip(depth);
        EXPECT_EQ(refused.finish("test").error().message, "test: nested too deeply") << depth;
    }
    const auto bomb = nestedArrays(1'000'000);
    MsgpackReader in(bomb);
    in.skip(wire::kMaxNesting);
    EXPECT_FALSE(in.ok());
}

TEST(MsgpackReader, TrailingBytesAreRefused)
{
    MsgpackReader in("\x01\x02"sv);
    EXPECT_EQ(in.number(), 1U);
    EXPECT_EQ(in.finish("test").error().message, "test: trailing bytes");
}

} // namespace
