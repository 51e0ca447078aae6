#include "relay/text_file.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace {

using testing::HasSubstr;

class TextFile : public testing::Test {
protected:
    void SetUp() override
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "text_file_XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        m_folder = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(m_folder); }

    std::filesystem::path write(std::string_view text) const
    {
        const auto file = m_folder / "file";
        std::ofstream(file, std::ios::binary) << text;
        return file;
    }

    std::filesystem::path m_folder;
};

TEST_F(TextFile, ReadsTheBytesAsTheyAre)
{
    using namespace std::string_view_literals;
    EXPECT_EQ(relay::readTextFile(write("a\r\n\0b"sv), 5).value(), "a\r\n\0b"sv);
    EXPECT_EQ(relay::readTextFile(write(""), 5).value(), "");
}

TEST_F(TextFile, SaysWhyItCannot)
{
    const auto missing = relay::readTextFile(m_folder / "missing", 5);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, wire::Code::InvalidRequest);
    EXPECT_THAT(missing.error().message, HasSubstr("missing: cannot be opened: No such file"));
    EXPECT_THAT(relay::readTextFile(m_folder, 5).error().message, HasSubstr("is a folder"));
    EXPECT_THAT(relay::readTextFile(write("123456"), 5).error().message, HasSubstr("larger than 5 bytes"));
}

} // namespace
