#include "edge/accept.h"

#include <gtest/gtest.h>

namespace {

using edge::PageFormat;

struct Case {
    const char *accept;
    PageFormat format;
};

TEST(NegotiateFormat, Table)
{
    constexpr auto html = PageFormat::Html;
    constexpr auto json = PageFormat::Json;
    constexpr auto text = PageFormat::Text;
    const Case table[] = {
        // as sent by Chromium, Firefox, curl, fetch(), axios, jQuery (JSON, HTML)
        {"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8,application/signed-exchange;v=b3",
         html},
        {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", html},
        {"*/*", json},
        {"application/json, text/plain, */*", json},
        {"application/json, text/javascript, */*; q=0.01", json},
        {"text/html, */*; q=0.01", html},
        // absent or empty
        {"", json},
        {"  ", json},
        {",", text},
        // quality decides, then specificity
        {"text/html", html},
        {"TEXT/HTML", html},
        {"text/*", html},
        {"text/html, */*", html},
        {"text/html;q=0.5, application/json", json},
        {"application/json;q=0.5, text/html", html},
        {"text/html;q=0", text},
        {"text/html;q=0, */*", json},
        {"text/html;q=0, text/*", text},
        {"*/*;q=0.1, text/html;q=0.2", html},
        {"text/html;level=1;q=0.3, application/json;q=0.2", html},
        {"text/html ; q=0.9 , application/json ; q=1.000", json},
        {"application/*", json},
        {"application/json;q=0, */*;q=0.5", text},
        {"text/plain", text},
        {"text/plain, */*;q=0.5", text},
        // neither
        {"image/png", text},
        {"image/png, */*;q=0", text},
        // malformed elements count for nothing
        {"text/html;q=2, application/json;q=0.1", json},
        {"text/html;q=1.001, application/json;q=0.1", json},
        {"text/html;q=, application/json;q=0.1", json},
        {"text/html;q=0.5x, application/json;q=0.1", json},
        {"text/html;q=.9, application/json;q=0.1", json},
        {"text/html;q=0.1234, application/json;q=0.1", json},
        {"text/html;Q=0.5, application/json;q=0.1", html},
        {"texthtml", text},
        {";;;,,,", text},
    };
    for (const auto &[accept, format] : table)
        EXPECT_EQ(edge::negotiateFormat(accept), format) << accept;
}

} // namespace
