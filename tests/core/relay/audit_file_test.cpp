#include "relay/audit_file.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

namespace fs = std::filesystem;
using relay::AuditFile;
using support::TemporaryFolder;

std::string textOf(const fs::path &file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void append(AuditFile &file, std::string_view lines)
{
    const auto written = file.append(lines);
    ASSERT_TRUE(written) << written.error().message;
    EXPECT_EQ(lines, "");
}

unsigned modeOf(const fs::path &file)
{
    struct stat status{};
    EXPECT_EQ(::stat(file.c_str(), &status), 0);
    return status.st_mode & 0777U;
}

class AuditFileTest : public testing::Test {
protected:
    AuditFile open(std::size_t bytes = 100, unsigned files = 3)
    {
        auto opened = AuditFile::open(m_file, {bytes, files});
        if (!opened)
            throw std::runtime_error(opened.error().message);
        return *std::move(opened);
    }
    fs::path older(int number) const { return m_file.string() + "." + std::to_string(number); }

    TemporaryFolder m_folder;
    fs::path m_file = m_folder.path() / "audit.jsonl";
};

TEST_F(AuditFileTest, AppendsToWhatIsThere)
{
    {
        auto file = open();
        append(file, "one\n");
        append(file, "two\nthree\n");
    }
    auto file = open();
    append(file, "four\n");
    EXPECT_EQ(textOf(m_file), "one\ntwo\nthree\nfour\n");
}

TEST_F(AuditFileTest, IsItsOwnersOnly)
{
    (void)m_folder.write("audit.jsonl", "old\n");
    fs::permissions(m_file, fs::perms::owner_all | fs::perms::group_read | fs::perms::others_read);
    auto file = open(8, 3);
    EXPECT_EQ(modeOf(m_file), 0600U);
    append(file, "line two\n");
    EXPECT_EQ(modeOf(m_file), 0600U);
    EXPECT_EQ(modeOf(older(1)), 0600U);
}

TEST_F(AuditFileTest, OthersMayWriteBetweenAndNothingIsLost)
{
    auto file = open();
    append(file, "one\n");
    std::ofstream(m_file, std::ios::app) << "another\n";
    append(file, "two\n");
    EXPECT_EQ(textOf(m_file), "one\nanother\ntwo\n");
}

TEST_F(AuditFileTest, BeginsANewFileWhenOneIsFullAndKeepsSoMany)
{
    auto file = open(10, 3);
    for (const auto *line : {"1234\n", "5678\n", "abcd\n", "efgh\n", "ijkl\n", "mnop\n", "qrst\n"})
        append(file, line);
    EXPECT_EQ(textOf(m_file), "qrst\n");
    EXPECT_EQ(textOf(older(1)), "ijkl\nmnop\n");
    EXPECT_EQ(textOf(older(2)), "abcd\nefgh\n");
    EXPECT_FALSE(fs::exists(older(3)));
}

TEST_F(AuditFileTest, ManyLinesAtOnceGoIntoSeveralFiles)
{
    auto file = open(10, 4);
    append(file, "1234\n5678\nabcd\nefgh\nijkl\n");
    EXPECT_EQ(textOf(m_file), "ijkl\n");
    EXPECT_EQ(textOf(older(1)), "abcd\nefgh\n");
    EXPECT_EQ(textOf(older(2)), "1234\n5678\n");
}

TEST_F(AuditFileTest, ALineThatFitsNoFileGetsItsOwn)
{
    auto file = open(10, 4);
    append(file, "a\n" + std::string(30, 'x') + "\nb\n");
    EXPECT_EQ(textOf(m_file), "b\n");
    EXPECT_EQ(textOf(older(1)), std::string(30, 'x') + "\n");
    EXPECT_EQ(textOf(older(2)), "a\n");
}

TEST_F(AuditFileTest, ALineCutByACrashDoesNotSpoilTheNext)
{
    (void)m_folder.write("audit.jsonl", "whole\ncut in the mid");
    auto file = open();
    append(file, "next\n");
    EXPECT_EQ(textOf(m_file), "whole\ncut in the mid\nnext\n");
}

TEST_F(AuditFileTest, SaysWhichFileCannotBeOpened)
{
    const auto missing = AuditFile::open(m_folder.path() / "missing" / "audit", {100, 3});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, wire::Code::InvalidRequest);
    EXPECT_THAT(missing.error().message, testing::HasSubstr("missing/audit"));
    EXPECT_FALSE(AuditFile::open(m_folder.path(), {100, 3})) << "a folder";
    fs::create_symlink(m_folder.write("elsewhere", ""), m_folder.path() / "link");
    EXPECT_FALSE(AuditFile::open(m_folder.path() / "link", {100, 3})) << "somebody could have set it";
    EXPECT_FALSE(AuditFile::open("/dev/null", {100, 3})) << "no file";
}

TEST(AuditFile, WhatCannotBeWrittenIsLeft)
{
    const TemporaryFolder folder;
    auto file = AuditFile::open(folder.path() / "audit", {4, 2});
    ASSERT_TRUE(file);
    std::string_view first = "one\n";
    ASSERT_TRUE(file->append(first));
    fs::remove_all(folder.path()); // a new file cannot begin
    std::string_view second = "two\n";
    const auto written = file->append(second);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, wire::Code::InternalError);
    EXPECT_EQ(second, "two\n");
}

} // namespace
