#include "edge/forwarded_chain.h"

#include <algorithm>
#include <ranges>

namespace edge {

namespace {

constexpr std::string_view kSpace = " \t";

std::string_view trim(std::string_view text) noexcept
{
    const auto first = text.find_first_not_of(kSpace);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// Whether the quote at `position` is inside a quoted string: an odd number of backslashes before it.
bool isEscaped(std::string_view text, std::size_t position) noexcept
{
    const auto before = text.substr(0, position);
    const auto last = before.find_last_not_of('\\');
    return (position - (last == std::string_view::npos ? 0 : last + 1)) % 2 == 1;
}

// Position of the last `separator` outside quotes. Read backwards, because only the right end is written by someone we
// trust: a quote left open further left must not hide it.
std::size_t findLastUnquoted(std::string_view text, char separator) noexcept
{
    bool quoted = false;
    for (auto i = text.size(); i-- > 0;) {
        if (text[i] == '"' && !(quoted && isEscaped(text, i)))
            quoted = !quoted;
        else if (text[i] == separator && !quoted)
            return i;
    }
    return std::string_view::npos;
}

std::string_view takeLast(std::string_view &rest, char separator) noexcept
{
    const auto at = findLastUnquoted(rest, separator);
    const auto begin = at == std::string_view::npos ? 0 : at + 1;
    const auto element = trim(rest.substr(begin));
    rest = rest.substr(0, begin == 0 ? 0 : at);
    return element;
}

std::string_view unquote(std::string_view value) noexcept
{
    const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
    return quoted ? value.substr(1, value.size() - 2) : value;
}

VisitorOrigin originOf(std::string_view element, bool rfc7239) noexcept
{
    if (!rfc7239)
        return {nodeAddress(element), {}, {}};
    return {nodeAddress(forwardedParameter(element, "for")), forwardedParameter(element, "proto"),
            forwardedParameter(element, "host")};
}

// Walks one field; true when the walk is over.
bool walkField(std::string_view value, bool rfc7239, std::span<const wire::Cidr> trusted,
               VisitorOrigin &origin) noexcept
{
    while (!value.empty()) {
        const auto element = takeLastElement(value);
        if (element.empty())
            continue; // RFC 9110 5.6.1.2: empty list elements are ignored
        const auto found = originOf(element, rfc7239);
        if (found.address.empty())
            return true;
        origin = found;
        if (!wire::containsAddress(trusted, found.address))
            return true;
    }
    return false;
}

} // namespace

std::string_view takeLastElement(std::string_view &rest) noexcept
{
    return takeLast(rest, ',');
}

std::string_view forwardedParameter(std::string_view element, std::string_view name) noexcept
{
    while (!element.empty()) {
        const auto pair = takeLast(element, ';');
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && wire::sameFieldName(trim(pair.substr(0, equals)), name))
            return unquote(trim(pair.substr(equals + 1)));
    }
    return {};
}

std::string_view nodeAddress(std::string_view node) noexcept
{
    node = unquote(trim(node));
    if (node.starts_with('['))
        node = node.substr(1, std::min(node.find(']'), node.size()) - 1);
    else if (std::ranges::count(node, ':') == 1)
        node = node.substr(0, node.find(':'));
    return node.find('%') == std::string_view::npos && wire::parseAddress(node) ? node : std::string_view();
}

VisitorOrigin visitorOrigin(const wire::HeaderList &headers, std::string_view peer,
                            std::span<const wire::Cidr> trusted) noexcept
{
    VisitorOrigin origin{peer, {}, {}};
    const bool rfc7239 = !wire::findHeader(headers, "X-Forwarded-For");
    const std::string_view field = rfc7239 ? "Forwarded" : "X-Forwarded-For";
    for (const auto &header : std::views::reverse(headers)) {
        if (wire::sameFieldName(header.name, field) && walkField(header.value, rfc7239, trusted, origin))
            break;
    }
    return origin;
}

} // namespace edge
