#include "wire/http_head.h"

#include "wire/ids.h"
#include "wire/limits.h"

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

constexpr auto kTokenBytes = [] {
    std::array<bool, 256> table{};
    for (unsigned char c = '0'; c <= '9'; ++c)
        table[c] = true;
    for (unsigned char c = 'a'; c <= 'z'; ++c)
        table[c] = table[c - ('a' - 'A')] = true;
    for (const char c : std::string_view("!#$%&'*+-.^_`|~"))
        table[static_cast<unsigned char>(c)] = true;
    return table;
}();

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kWhitespace = " \t";
    const auto first = text.find_first_not_of(kWhitespace);
    return first == std::string_view::npos
               ? std::string_view()
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
    case 7:
        return sameFieldName(name, "upgrade");
    case 10:
        return sameFieldName(name, "connection") || sameFieldName(name, "keep-alive");
    case 16:
        return sameFieldName(name, "proxy-connection");
    case 17:
        return sameFieldName(name, "transfer-encoding");
    default:
        return false;
    }
}

// End-to-end fields that a sender must not be able to strip by naming them in Connection. Sorted.
constexpr std::array<std::string_view, 27> kNeverNamed{
    "accept",          "accept-encoding", "authorization", "cache-control",    "content-encoding",
    "content-length",  "content-range",   "content-type",  "cookie",           "date",
    "etag",            "expect",          "forwarded",     "host",             "location",
    "origin",          "range",           "referer",       "set-cookie",       "user-agent",
    "vary",            "via",             "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto",
    "x-real-ip",       "x-request-id"};
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

Result<> refuse(std::string message)
{
    return fail(Code::InvalidRequest, std::move(message));
}

Result<> tooLarge(std::string message)
{
    return fail(Code::HeadersTooLarge, std::move(message));
}

// `startLineBytes` count towards the size of the head. A field counts with a colon and CRLF, the least it takes.
Result<> checkFields(const HeaderList &headers, std::size_t startLineBytes)
{
    if (headers.size() > kMaxHeaderCount)
        return tooLarge("more than " + std::to_string(kMaxHeaderCount) + " header fields");
    auto bytes = startLineBytes;
    for (const auto &[name, value] : headers) {
        if (!isToken(name))
            return refuse("a header field name is not a token");
        if (!isFieldValue(value))
            return refuse("a control character in header field " + name.substr(0, kMaxErrorTextBytes));
        bytes += name.size() + value.size() + 3;
    }
    if (bytes > kMaxHeadBytes)
        return tooLarge("the head is larger than " + std::to_string(kMaxHeadBytes) + " bytes");
    return {};
}

Result<> checkStartLine(const RequestHead &head)
{
    if (head.uri.size() > kMaxTargetBytes)
        return tooLarge("the request target is longer than " + std::to_string(kMaxTargetBytes) + " bytes");
    if (head.method.size() > kMaxMethodBytes || !isToken(head.method))
        return refuse("the method is not a token of at most " + std::to_string(kMaxMethodBytes) + " bytes");
    if (!isRequestTarget(head.uri))
        return refuse("the request target is empty or has a space or control character");
    if (head.version != 10 && head.version != 11)
        return refuse("the HTTP version is not 1.0 or 1.1");
    return {};
}

bool isUpgrade(std::string_view text)
{
    return text.size() <= kMaxUpgradeBytes && isFieldValue(text);
}

bool isStatusWithoutBody(unsigned status)
{
    return (status < 200 && status != 101) || status == 204 || status == 304;
}

bool isDecimal(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// No Transfer-Encoding, and Content-Length present exactly when the kind is Sized (`None` may have one: HEAD, 304).
Result<> checkLengthFields(const HeaderList &headers, BodyKind body)
{
    std::optional<std::string_view> length;
    for (const auto &[name, value] : headers) {
        if (sameFieldName(name, "transfer-encoding"))
            return refuse("Transfer-Encoding does not cross the tunnel");
        if (!sameFieldName(name, "content-length"))
            continue;
        if (!isDecimal(value) || (length && *length != value))
            return refuse("bad or conflicting Content-Length");
        length = value;
    }
    if (body != BodyKind::None && length.has_value() != (body == BodyKind::Sized))
        return refuse("Content-Length and the kind of body disagree");
    return {};
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

bool isToken(std::string_view text) noexcept
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return kTokenBytes[static_cast<unsigned char>(c)]; });
}

bool isFieldValue(std::string_view text) noexcept
{
    return std::ranges::none_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && byte != '\t') || byte == 0x7f;
    });
}

bool isRequestTarget(std::string_view text) noexcept
{
    return !text.empty() && std::ranges::none_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= 0x20 || byte == 0x7f;
    });
}

Result<> checkHeaders(const HeaderList &headers)
{
    return checkFields(headers, 0);
}

Result<> checkHead(const RequestHead &head)
{
    if (auto startLine = checkStartLine(head); !startLine)
        return startLine;
    if (head.remoteAddress.size() > kMaxAddressBytes || !isFieldValue(head.remoteAddress))
        return refuse("bad remote address");
    if (!head.requestId.empty() && !isRequestId(head.requestId))
        return refuse("bad request id");
    if (!isUpgrade(head.upgrade))
        return refuse("bad upgrade protocol");
    return checkFields(head.headers, head.method.size() + head.uri.size());
}

Result<> checkHead(const ResponseHead &head)
{
    if (head.status < 100 || head.status > 999)
        return refuse("the status code does not have three digits");
    if (head.reason.size() > kMaxReasonBytes || !isFieldValue(head.reason))
        return refuse("bad reason phrase");
    if (!isUpgrade(head.upgrade) || (!head.upgrade.empty() && head.status != 101))
        return refuse("bad upgrade protocol");
    return checkFields(head.headers, head.reason.size());
}

Result<> checkFraming(const RequestHead &head)
{
    if (head.body == BodyKind::None && findHeader(head.headers, "content-length").value_or("0") != "0")
        return refuse("Content-Length without a body");
    return checkLengthFields(head.headers, head.body);
}

Result<> checkFraming(const ResponseHead &head)
{
    if (isStatusWithoutBody(head.status) && head.body != BodyKind::None)
        return refuse("a body after status " + std::to_string(head.status));
    return checkLengthFields(head.headers, head.body);
}

Result<> checkTrailers(const HeaderList &trailers)
{
    std::size_t bytes = 3; // the array's own header
    for (const auto &[name, value] : trailers)
        bytes += name.size() + value.size() + 7; // a pair, and lengths of two bytes
    if (bytes > kMaxTrailerBytes)
        return tooLarge("the trailers are larger than " + std::to_string(kMaxTrailerBytes) + " bytes");
    return checkHeaders(trailers);
}

} // namespace wire
