#include "wire/result.h"

#include <gtest/gtest.h>

#include <set>

namespace {

using wire::Code;
using wire::codeFromName;
using wire::codeName;

TEST(Code, EveryNameIsItsOwnAndReadsBack)
{
    std::set<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(Code::InternalError); ++i) {
        const auto code = static_cast<Code>(i);
        EXPECT_TRUE(names.insert(codeName(code)).second) << codeName(code);
        EXPECT_EQ(codeFromName(codeName(code)), code);
    }
}

TEST(Code, SpellingsOfTheProtocol)
{
    EXPECT_EQ(codeName(Code::TunnelNotFound), "tunnel_not_found");
    EXPECT_EQ(codeName(Code::LocalServiceUnavailable), "local_service_unavailable");
    EXPECT_EQ(codeName(Code::NameTaken), "name_taken");
}

TEST(Code, UnknownNamesAreInternalErrors)
{
    for (const auto name : {"", "Timeout", "from_the_future"})
        EXPECT_EQ(codeFromName(name), Code::InternalError);
}

TEST(Result, CarriesCodeAndSentence)
{
    const wire::Result<int> failed = wire::fail(Code::Timeout, "too slow");
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error(), (wire::Error{Code::Timeout, "too slow"}));
}

} // namespace
