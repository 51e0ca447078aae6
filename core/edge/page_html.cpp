#include "edge/page_html.h"

#include <fmt/format.h>

namespace edge {

namespace {

constexpr std::string_view kStyle = R"css(
:root{color-scheme:light dark;--back:#f6f7f9;--card:#fff;--text:#1c2230;--dim:#5b6475;--line:#e3e6ec;--mark:#3257d6}
@media(prefers-color-scheme:dark){:root{--back:#12151c;--card:#1a1f29;--text:#e8ebf2;--dim:#98a2b5;--line:#2a3140;--mark:#8fa8ff}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;background:var(--back);color:var(--text);
font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{width:100%;max-width:36rem;background:var(--card);border:1px solid var(--line);border-radius:14px;padding:2rem 2.2rem}
.label{margin:0 0 .4rem;color:var(--mark);font-weight:600;letter-spacing:.04em}
h1{margin:0 0 .8rem;font-size:1.45rem;line-height:1.25}
p{margin:0 0 .8rem;overflow-wrap:anywhere}
.advice{color:var(--dim)}
footer{margin-top:1.4rem;padding-top:.9rem;border-top:1px solid var(--line);color:var(--dim);font-size:.85rem}
code{font:.95em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
)css";

std::string paragraph(std::string_view attributes, std::string_view text)
{
    return text.empty() ? std::string() : fmt::format("<p{}>{}</p>\n", attributes, escapeHtml(text));
}

std::string footer(std::string_view requestId)
{
    return requestId.empty() ? std::string()
                             : fmt::format("<footer>Request <code>{}</code></footer>\n", escapeHtml(requestId));
}

} // namespace

std::string escapeHtml(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&': result += "&amp;"; break;
        case '<': result += "&lt;"; break;
        case '>': result += "&gt;"; break;
        case '"': result += "&quot;"; break;
        case '\'': result += "&#39;"; break;
        default: result += c;
        }
    }
    return result;
}

std::string renderHtml(const PageText &text)
{
    const auto title = escapeHtml(text.title);
    return fmt::format("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                       "<meta name=\"robots\" content=\"noindex\">\n<title>{}</title>\n<style>{}</style>\n</head>\n"
                       "<body>\n<main>\n{}<h1>{}</h1>\n{}{}{}</main>\n</body>\n</html>\n",
                       title, kStyle, paragraph(" class=\"label\"", text.label), title, paragraph("", text.sentence),
                       paragraph(" class=\"advice\"", text.advice), footer(text.requestId));
}

} // namespace edge
