#include "edge/accept.h"

#include "wire/http_head.h"

#include <algorithm>
#include <array>

namespace edge {

namespace {

constexpr int kMostQuality = 1000;
constexpr std::string_view kSpace = " \t";

std::string_view trim(std::string_view text) noexcept
{
    const auto first = text.find_first_not_of(kSpace);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string_view takeUntil(std::string_view &rest, char separator) noexcept
{
    const auto at = std::min(rest.find(separator), rest.size());
    const auto part = trim(rest.substr(0, at));
    rest.remove_prefix(std::min(at + 1, rest.size()));
    return part;
}

// A qvalue in thousandths (RFC 9110 12.4.2); 0 for what is none, so that a malformed element counts for nothing.
int parseQuality(std::string_view text) noexcept
{
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1') || (text.size() > 1 && text[1] != '.'))
        return 0;
    int quality = (text[0] - '0') * kMostQuality;
    int weight = kMostQuality / 10;
    for (const char digit : text.substr(std::min<std::size_t>(2, text.size()))) {
        if (digit < '0' || digit > '9')
            return 0;
        quality += (digit - '0') * weight;
        weight /= 10;
    }
    return quality <= kMostQuality ? quality : 0;
}

int qualityOf(std::string_view parameters) noexcept
{
    while (!parameters.empty()) {
        const auto parameter = takeUntil(parameters, ';');
        if (parameter.size() >= 2 && (parameter[0] == 'q' || parameter[0] == 'Q') && parameter[1] == '=')
            return parseQuality(parameter.substr(2));
    }
    return kMostQuality;
}

// The quality of one media type, by the most specific range that names it (RFC 9110 12.5.1).
class Preference {
public:
    explicit Preference(std::array<std::string_view, 3> ranges) noexcept : m_ranges(ranges) {}

    void see(std::string_view range, int quality) noexcept
    {
        for (std::size_t i = 0; i < m_ranges.size(); ++i) {
            if (!m_ranges[i].empty() && wire::sameFieldName(range, m_ranges[i]))
                m_qualities[i] = std::max(m_qualities[i], quality);
        }
    }
    [[nodiscard]] int quality() const noexcept
    {
        const auto *found = std::ranges::find_if(m_qualities, [](int quality) { return quality >= 0; });
        return found == m_qualities.end() ? 0 : *found;
    }

private:
    std::array<std::string_view, 3> m_ranges; // most specific first
    std::array<int, 3> m_qualities{-1, -1, -1};
};

} // namespace

PageFormat negotiateFormat(std::string_view accept) noexcept
{
    if (trim(accept).empty())
        return PageFormat::Json;
    Preference html({"text/html", "text/*", ""});
    Preference json({"application/json", "application/*", "*/*"});
    Preference text({"text/plain", "text/*", "*/*"});
    while (!accept.empty()) {
        auto parameters = takeUntil(accept, ',');
        const auto range = takeUntil(parameters, ';');
        const int quality = qualityOf(parameters);
        html.see(range, quality);
        json.see(range, quality);
        text.see(range, quality);
    }
    if (html.quality() > 0 && html.quality() >= std::max(json.quality(), text.quality()))
        return PageFormat::Html;
    return json.quality() > 0 && json.quality() >= text.quality() ? PageFormat::Json : PageFormat::Text;
}

} // namespace edge
