#include "wire/http_head.h"

#include <algorithm>
#include <array>

namespace wire {

namespace {

constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(), lower);
    return out;
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kWhitespace = " \t";
    const auto first = text.find_first_not_of(kWhitespace);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(kWhitespace) - first + 1);
}

// Takes the next element of a comma-separated list off `rest`, without parameters; possibly empty.
std::string_view takeElement(std::string_view &rest)
{
    const auto comma = rest.find(',');
    const auto element = rest.substr(0, comma);
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    return trimmed(element.substr(0, element.find(';')));
}

bool isHopByHop(std::string_view name)
{
    switch (name.size()) {
    case 7: return sameFieldName(name, "upgrade");
    case 10: return sameFieldName(name, "connection") || sameFieldName(name, "keep-alive");
    case 16: return sameFieldName(name, "proxy-connection");
    case 17: return sameFieldName(name, "transfer-encoding");
    default: return false;
    }
}

// End-to-end fields that a sender must not be able to strip by naming them in Connection. Sorted.
constexpr std::string_view kNeverNamed[] = {
    "accept",
    "accept-encoding",
    "authorization",
    "cache-control",
    "content-encoding",
    "content-length",
    "content-range",
    "content-type",
    "cookie",
    "date",
    "etag",
    "expect",
    "forwarded",
    "host",
    "location",
    "origin",
    "range",
    "referer",
    "set-cookie",
    "user-agent",
    "vary",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
    "x-request-id",
};
static_assert(std::ranges::is_sorted(kNeverNamed));

// What Connection names beyond the fields that go anyway: nearly always nothing. Copies, sorted, because the fields
// that hold the names move while others are removed.
std::vector<std::string> namedByConnection(const HeaderList &headers)
{
    std::vector<std::string> names;
    for (const auto &header : headers) {
        if (!sameFieldName(header.name, "connection"))
            continue;
        for (std::string_view rest = header.value; !rest.empty();) {
            const auto name = takeElement(rest);
            if (isHopByHop(name) || !isToken(name) || sameFieldName(name, "close") || sameFieldName(name, "te"))
                continue;
            if (auto key = lowered(name); !std::ranges::binary_search(kNeverNamed, key))
                names.push_back(std::move(key));
        }
    }
    std::ranges::sort(names);
    return names;
}

// Leaves at most one TE field, `trailers`; true when this one goes.
bool dropsTe(Header &te, bool &kept)
{
    if (kept || !listHasToken(te.value, "trailers"))
        return true;
    te.value = "trailers";
    kept = true;
    return false;
}

} // namespace

bool sameFieldName(std::string_view a, std::string_view b) noexcept
{
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<std::string_view> findHeader(const HeaderList &headers, std::string_view name) noexcept
{
    for (const auto &header : headers)
        if (sameFieldName(header.name, name))
            return header.value;
    return std::nullopt;
}

void removeHeader(HeaderList &headers, std::string_view name)
{
    std::erase_if(headers, [name](const Header &header) { return sameFieldName(header.name, name); });
}

void setHeader(HeaderList &headers, std::string_view name, std::string value)
{
    const auto isSame = [name](const Header &header) { return sameFieldName(header.name, name); };
    const auto first = std::ranges::find_if(headers, isSame);
    if (first == headers.end()) {
        headers.push_back({std::string(name), std::move(value)});
        return;
    }
    first->value = std::move(value);
    headers.erase(std::remove_if(first + 1, headers.end(), isSame), headers.end());
}

bool listHasToken(std::string_view value, std::string_view token) noexcept
{
    while (!value.empty())
        if (sameFieldName(takeElement(value), token))
            return true;
    return false;
}

bool headerHasToken(const HeaderList &headers, std::string_view name, std::string_view token) noexcept
{
    return std::ranges::any_of(headers, [name, token](const Header &header) {
        return sameFieldName(header.name, name) && listHasToken(header.value, token);
    });
}

void removeHopByHop(HeaderList &headers)
{
    const auto named = namedByConnection(headers);
    bool keptTe = false;
    std::erase_if(headers, [&named, &keptTe](Header &header) {
        if (sameFieldName(header.name, "te"))
            return dropsTe(header, keptTe);
        return isHopByHop(header.name) || (!named.empty() && std::ranges::binary_search(named, lowered(header.name)));
    });
}

} // namespace wire
