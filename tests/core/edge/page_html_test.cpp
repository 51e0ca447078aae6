#include "edge/page_html.h"

#include <gmock/gmock.h>

namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

TEST(EscapeHtml, EscapesWhatCouldBecomeMarkup)
{
    EXPECT_EQ(edge::escapeHtml("<a href=\"x\" b='y'>&amp;"), "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;");
    EXPECT_EQ(edge::escapeHtml("plain – text"), "plain – text");
}

TEST(RenderHtml, EscapesEveryField)
{
    const auto html = edge::renderHtml({"<l>", "<t>", "<s>", "<a>", "<r>"});
    for (const char *raw : {"<l>", "<t>", "<s>", "<a>", "<r>"})
        EXPECT_THAT(html, Not(HasSubstr(raw)));
    for (const char *escaped : {"&lt;l&gt;", "<h1>&lt;t&gt;</h1>", "<title>&lt;t&gt;</title>", "<p>&lt;s&gt;</p>",
                                "&lt;a&gt;", "<code>&lt;r&gt;</code>"})
        EXPECT_THAT(html, HasSubstr(escaped));
}

TEST(RenderHtml, IsSelfContainedAndKnowsDarkMode)
{
    const auto html = edge::renderHtml({"503", "Title", "Sentence.", "Advice.", "req_1"});
    EXPECT_TRUE(html.starts_with("<!doctype html>"));
    EXPECT_THAT(html, HasSubstr("prefers-color-scheme:dark"));
    EXPECT_THAT(html, HasSubstr("<meta charset=\"utf-8\">"));
    EXPECT_THAT(html, Not(ContainsRegex("(src|href)=|url\\(|<script|http://|https://")));
}

TEST(RenderHtml, LeavesOutWhatIsEmpty)
{
    const auto html = edge::renderHtml({"", "Title", "Sentence.", "", ""});
    EXPECT_THAT(html, Not(HasSubstr("<footer>")));
    EXPECT_THAT(html, Not(HasSubstr("class=\"label\"")));
    EXPECT_THAT(html, Not(HasSubstr("class=\"advice\"")));
}

} // namespace
