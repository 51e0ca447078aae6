#include "relay/text_file.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>

#include <string>

namespace {

using testing::HasSubstr;

TEST(TextFile, ReadsTheBytesAsTheyAre)
{
    using namespace std::string_view_literals;
    const support::TemporaryFolder folder;
    EXPECT_EQ(relay::readTextFile(folder.write("file", "a\r\n\0b"sv), 5).value(), "a\r\n\0b"sv);
    EXPECT_EQ(relay::readTextFile(folder.write("file", ""), 5).value(), "");
}

TEST(TextFile, SaysWhyItCannot)
{
    const support::TemporaryFolder folder;
    const auto missing = relay::readTextFile(folder.path() / "missing", 5);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, wire::Code::InvalidRequest);
    EXPECT_THAT(missing.error().message, HasSubstr("missing: cannot be opened: No such file"));
    EXPECT_THAT(relay::readTextFile(folder.path(), 5).error().message, HasSubstr("is a folder"));
    EXPECT_THAT(relay::readTextFile(folder.write("file", "123456"), 5).error().message,
                HasSubstr("larger than 5 bytes"));
}

} // namespace
