#include "wire/http_head.h"
#include "wire/ids.h"
#include "wire/limits.h"

#include <algorithm>
#include <array>

namespace wire {

namespace {

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
        return refuse("the request target is empty or has a space, a control character or a #");
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
    if (findHeader(headers, "transfer-encoding"))
        return refuse("Transfer-Encoding does not cross the tunnel");
    if (auto length = checkContentLength(headers); !length)
        return length;
    const bool hasLength = findHeader(headers, "content-length").has_value();
    if (body != BodyKind::None && hasLength != (body == BodyKind::Sized))
        return refuse("Content-Length and the kind of body disagree");
    return {};
}

} // namespace

bool isToken(std::string_view text) noexcept
{
    return !text.empty() &&
           std::ranges::all_of(text, [](char c) { return kTokenBytes[static_cast<unsigned char>(c)]; });
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
        return byte <= 0x20 || byte == 0x7f || byte == '#';
    });
}

bool upgradesToHttp(std::string_view upgrade) noexcept
{
    static constexpr std::array<std::string_view, 4> kProtocols{"h2c", "h2", "HTTP", "TLS"};
    while (!upgrade.empty()) {
        const auto comma = std::min(upgrade.find(','), upgrade.size());
        auto protocol = upgrade.substr(0, comma);
        upgrade.remove_prefix(std::min(comma + 1, upgrade.size()));
        protocol = protocol.substr(0, protocol.find('/')); // without its version
        const auto begin = std::min(protocol.find_first_not_of(" \t"), protocol.size());
        protocol = protocol.substr(begin, protocol.find_last_not_of(" \t") + 1 - begin);
        if (std::ranges::any_of(kProtocols, [&](std::string_view one) { return sameFieldName(protocol, one); }))
            return true;
    }
    return false;
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

Result<> checkContentLength(const HeaderList &headers)
{
    std::optional<std::string_view> length;
    for (const auto &[name, value] : headers) {
        if (!sameFieldName(name, "content-length"))
            continue;
        if (!isDecimal(value) || (length && *length != value))
            return refuse("bad or conflicting Content-Length");
        length = value;
    }
    return {};
}

Result<> checkFraming(const RequestHead &head)
{
    const auto length = findHeader(head.headers, "content-length").value_or("0");
    if (head.body == BodyKind::None && length.find_first_not_of('0') != std::string_view::npos)
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
