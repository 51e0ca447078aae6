// The HTML of error and landing pages: one self-contained document, light and dark, no script, nothing fetched.
#pragma once

#include <string>
#include <string_view>

namespace edge {

struct PageText {
    std::string_view label;     // small, above the title: "503", empty for none
    std::string_view title;     // what happened, in a few words
    std::string_view sentence;  // the same in a sentence
    std::string_view advice;    // what to do
    std::string_view requestId; // empty for none
};

[[nodiscard]] std::string escapeHtml(std::string_view text);
[[nodiscard]] std::string renderHtml(const PageText &text);

} // namespace edge
