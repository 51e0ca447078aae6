#include "edge/toml_reader.h"

#include <gmock/gmock.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using edge::TomlReader;
using edge::TomlSection;

struct Values {
    std::string text = "default";
    std::vector<std::string> texts;
    std::chrono::milliseconds duration = 1s;
    unsigned number = 7;
    int choice = 0;
    bool flag = false;
    std::optional<double> real;
    std::optional<std::uint64_t> count;
};

// Reads one table, [s], with a key of every kind; the error's message, or "" for success.
std::string read(std::string_view toml, Values &values)
{
    auto reader = TomlReader::parse(toml, "f.toml");
    if (!reader)
        return reader.error().message;
    reader->section("s", [&](TomlSection &section) {
        section.text("text", values.text);
        section.texts("texts", [&](std::string_view text) -> wire::Result<> {
            if (text == "bad")
                return wire::fail(wire::Code::InvalidRequest, "is bad");
            values.texts.emplace_back(text);
            return {};
        });
        section.duration("duration", values.duration, 1ms);
        section.integer("number", values.number, 1, 9);
        section.flag("flag", values.flag);
        section.choice("choice", values.choice, {{"one", 1}, {"two", 2}});
        values.real = section.number("real", 0.5, 100);
        values.count = section.count("count", 1, 9);
        if (values.text == "wrong")
            section.fail("does not fit");
    });
    const auto outcome = reader->finish();
    return outcome ? "" : outcome.error().message;
}

std::string errorOf(std::string_view toml)
{
    Values values;
    return read(toml, values);
}

TEST(TomlReader, LeavesDefaultsOfWhatIsAbsent)
{
    for (const char *toml : {"", "[s]\n", "# nothing\n"}) {
        Values values;
        EXPECT_EQ(read(toml, values), "");
        EXPECT_EQ(values.text, "default");
        EXPECT_TRUE(values.texts.empty());
        EXPECT_EQ(values.duration, 1s);
        EXPECT_EQ(values.number, 7U);
        EXPECT_EQ(values.choice, 0);
    }
}

TEST(TomlReader, ReadsEveryKind)
{
    Values values;
    EXPECT_EQ(read("[s]\ntext='x'\ntexts=['a','b']\nduration=0.25\nnumber=9\nchoice='two'\n", values), "");
    EXPECT_EQ(values.text, "x");
    EXPECT_EQ(values.texts, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(values.duration, 250ms);
    EXPECT_EQ(values.number, 9U);
    EXPECT_EQ(values.choice, 2);
    EXPECT_EQ(read("s = { duration = 3 }", values), "");
    EXPECT_EQ(values.duration, 3s);
}

struct ErrorCase {
    const char *toml;
    const char *message;
};

TEST(TomlReader, NamesKeyAndLine)
{
    const ErrorCase table[] = {
        {"\n\n[s]\ntxet = 'x'",
         "f.toml:4: unknown key in [s]: \"txet\" (known: text, texts, duration, number, flag, choice, real, count)"},
        {"[s]\n[t]\n", "f.toml:2: unknown table or key \"t\" (known: s)"},
        {"text = 'x'", "f.toml:1: unknown table or key \"text\" (known: s)"},
        {"[s]\n[s.text]\n", "f.toml:2: s.text: must be a text in quotes"},
        {"s = 1", "f.toml:1: s must be a table: write [s] on a line of its own"},
        {"[s]\ntext = 1", "f.toml:2: s.text: must be a text in quotes"},
        {"[s]\ntexts = 'a'", "f.toml:2: s.texts: must be a list of texts, for example [\"one\", \"two\"]"},
        {"[s]\ntexts = ['a',\n 1]", "f.toml:3: s.texts: must hold texts in quotes only"},
        {"[s]\ntexts = ['a',\n 'bad']", "f.toml:3: s.texts: is bad"},
        {"[s]\nduration = '1'", "f.toml:2: s.duration: must be a number of seconds"},
        {"[s]\nduration = true", "f.toml:2: s.duration: must be a number of seconds"},
        {"[s]\nduration = 0", "f.toml:2: s.duration: must be 0.001 to 604800 seconds"},
        {"[s]\nduration = -1", "f.toml:2: s.duration: must be 0.001 to 604800 seconds"},
        {"[s]\nduration = nan", "f.toml:2: s.duration: must be 0.001 to 604800 seconds"},
        {"[s]\nduration = inf", "f.toml:2: s.duration: must be 0.001 to 604800 seconds"},
        {"[s]\nduration = 604801", "f.toml:2: s.duration: must be 0.001 to 604800 seconds"},
        {"[s]\nnumber = 0", "f.toml:2: s.number: must be a whole number, 1 to 9"},
        {"[s]\nnumber = 10", "f.toml:2: s.number: must be a whole number, 1 to 9"},
        {"[s]\nnumber = 1.0", "f.toml:2: s.number: must be a whole number, 1 to 9"},
        {"[s]\nnumber = '1'", "f.toml:2: s.number: must be a whole number, 1 to 9"},
        {"[s]\nreal = 0", "f.toml:2: s.real: must be a number, 0.5 to 100, or \"off\""},
        {"[s]\nreal = 'of'", "f.toml:2: s.real: must be a number, 0.5 to 100, or \"off\""},
        {"[s]\nreal = nan", "f.toml:2: s.real: must be a number, 0.5 to 100, or \"off\""},
        {"[s]\nreal = true", "f.toml:2: s.real: must be a number, 0.5 to 100, or \"off\""},
        {"[s]\ncount = 0", "f.toml:2: s.count: must be a whole number, 1 to 9, or \"off\""},
        {"[s]\ncount = 1.5", "f.toml:2: s.count: must be a whole number, 1 to 9, or \"off\""},
        {"[s]\nchoice = 'three'", "f.toml:2: s.choice: must be one of one, two"},
        {"[s]\nchoice = 1", "f.toml:2: s.choice: must be a text in quotes"},
        {"\n[s]\ntext = 'wrong'", "f.toml:2: [s]: does not fit"},
        {"[s]\nnumber = 0\nunknown = 1\n", "f.toml:2: s.number: must be a whole number, 1 to 9"}, // the first counts
    };
    for (const auto &[toml, message] : table)
        EXPECT_EQ(errorOf(toml), message) << toml;
}

TEST(TomlReader, PassesOnWhatTheParserSays)
{
    EXPECT_TRUE(errorOf("[s]\ntext = \n").starts_with("f.toml:2: "));
    EXPECT_TRUE(errorOf("[s]\ntext = 'a'\ntext = 'b'\n").starts_with("f.toml:3: "));
    EXPECT_TRUE(errorOf("\xff\xfe").starts_with("f.toml:1: "));
}

TEST(TomlReader, ALimitMayBeOff)
{
    Values values;
    EXPECT_EQ(read("[s]\nreal = 1\ncount = 9", values), "");
    EXPECT_EQ(values.real, 1.0);
    EXPECT_EQ(values.count, 9U);
    EXPECT_EQ(read("[s]\nreal = 0.5\ncount = 'off'", values), "");
    EXPECT_EQ(values.real, 0.5);
    EXPECT_FALSE(values.count);
    EXPECT_EQ(read("[s]\nreal = 'off'", values), "");
    EXPECT_FALSE(values.real);
}

TEST(TomlReader, AFlagIsTrueOrFalse)
{
    Values values;
    EXPECT_EQ(read("[s]\nflag = true", values), "");
    EXPECT_TRUE(values.flag);
    EXPECT_EQ(read("[s]\nflag = false", values), "");
    EXPECT_FALSE(values.flag);
    for (const auto *wrong : {"1", "'true'", "'yes'", "[]"})
        EXPECT_THAT(read(std::string("[s]\nflag = ") + wrong, values),
                    testing::HasSubstr("s.flag: must be true or false"));
}

} // namespace
