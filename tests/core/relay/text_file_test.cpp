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

TEST(PrivateFile, ReplacesTheFileByOneThatOnlyItsOwnerReads)
{
    using std::filesystem::perms;
    const support::TemporaryFolder folder;
    const auto file = folder.write("file", "old");
    std::filesystem::permissions(file, perms::all);
    ASSERT_TRUE(relay::writePrivateFile(file, "new text"));
    EXPECT_EQ(relay::readTextFile(file, 100), "new text");
    EXPECT_EQ(std::filesystem::status(file).permissions(), perms::owner_read | perms::owner_write);
    ASSERT_TRUE(relay::writePrivateFile(folder.path() / "another", std::string(1'000'000, 'x')));
    EXPECT_EQ(std::filesystem::file_size(folder.path() / "another"), 1'000'000U);
    const auto entries = std::filesystem::directory_iterator(folder.path());
    EXPECT_EQ(std::distance(begin(entries), end(entries)), 2) << "nothing else is left behind";
}

TEST(PrivateFile, SaysWhyItCannotAndLeavesNothing)
{
    const support::TemporaryFolder folder;
    const auto missing = relay::writePrivateFile(folder.path() / "no" / "file", "text");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, wire::Code::InternalError);
    EXPECT_THAT(missing.error().message, HasSubstr("no/file: cannot be written: No such file"));
    std::filesystem::create_directory(folder.path() / "sub");
    (void)folder.write("sub/x", "");
    EXPECT_FALSE(relay::writePrivateFile(folder.path() / "sub", "text")) << "a folder with files in it";
    const auto entries = std::filesystem::directory_iterator(folder.path());
    EXPECT_EQ(std::distance(begin(entries), end(entries)), 1);
}

TEST(FileWatch, TellsOnceOfEachChange)
{
    const support::TemporaryFolder folder;
    relay::FileWatch watch(folder.write("file", "one"));
    EXPECT_FALSE(watch.changed());
    (void)folder.write("file", "three");
    EXPECT_TRUE(watch.changed());
    EXPECT_FALSE(watch.changed());
    ASSERT_TRUE(relay::writePrivateFile(watch.file(), "seven")); // another file of the same size
    EXPECT_TRUE(watch.changed());
    std::filesystem::remove(watch.file());
    EXPECT_FALSE(watch.changed()) << "what is gone says nothing new";
    (void)folder.write("file", "back again");
    EXPECT_TRUE(watch.changed());
    EXPECT_FALSE(relay::FileWatch().changed());
}

} // namespace
