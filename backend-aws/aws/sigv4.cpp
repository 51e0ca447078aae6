#include "aws/sigv4.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <map>
#include <vector>

namespace aws {

namespace {

using Digest = std::array<unsigned char, 32>;

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

std::string hex(const Digest &digest)
{
    std::string text;
    for (const auto byte : digest)
        fmt::format_to(std::back_inserter(text), "{:02x}", byte);
    return text;
}

std::string hashOf(std::string_view text)
{
    Digest digest{};
    unsigned length = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr);
    return hex(digest);
}

Digest hmac(std::string_view key, std::string_view text)
{
    Digest digest{};
    unsigned length = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char *>(text.data()),
         text.size(), digest.data(), &length);
    return digest;
}

std::string_view bytes(const Digest &digest)
{
    return {reinterpret_cast<const char *>(digest.data()), digest.size()};
}

// Every byte but the unreserved ones (RFC 3986 2.3) and the slashes between segments.
std::string encodedPath(std::string_view path)
{
    std::string text;
    for (const char c : path) {
        const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                           std::string_view("-_.~/").find(c) != std::string_view::npos;
        if (plain)
            text.push_back(c);
        else
            fmt::format_to(std::back_inserter(text), "%{:02X}", static_cast<unsigned char>(c));
    }
    return text;
}

// By name, then by value; already encoded as it goes over the wire.
std::string sortedQuery(std::string_view query)
{
    std::vector<std::pair<std::string, std::string>> parameters;
    while (!query.empty()) {
        const auto parameter = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(parameter.size() + 1, query.size()));
        const auto equals = std::min(parameter.find('='), parameter.size());
        parameters.emplace_back(parameter.substr(0, equals), parameter.substr(std::min(equals + 1, parameter.size())));
    }
    std::ranges::sort(parameters);
    std::string text;
    for (const auto &[name, value] : parameters)
        text += fmt::format("{}{}={}", text.empty() ? "" : "&", name, value);
    return text;
}

// Without spaces at the ends, and single ones inside.
std::string squeezed(std::string_view value)
{
    std::string text;
    for (const char c : value) {
        if (c != ' ' || (!text.empty() && text.back() != ' '))
            text.push_back(c);
    }
    while (text.ends_with(' '))
        text.pop_back();
    return text;
}

std::string lowered(std::string text)
{
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return text;
}

struct SignedFields {
    std::string lines; // "name:value\n" each
    std::string names; // "a;b"
};

SignedFields signedFields(const transport::Request &request, std::string_view host)
{
    std::map<std::string, std::string> sorted{{"host", std::string(host)}};
    for (const auto &header : request.headers)
        sorted[lowered(header.name)] = squeezed(header.value);
    SignedFields fields;
    for (const auto &[name, value] : sorted) {
        fields.lines += name + ":" + value + "\n";
        fields.names += (fields.names.empty() ? "" : ";") + name;
    }
    return fields;
}

// "20260102T030405Z"
std::string timestamp(Time now)
{
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(now - day));
    return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count());
}

Digest signingKey(const Credentials &credentials, const Scope &scope, std::string_view date)
{
    auto key = hmac("AWS4" + credentials.secretAccessKey, date);
    for (const std::string_view part :
         {std::string_view(scope.region), std::string_view(scope.service), std::string_view("aws4_request")})
        key = hmac(bytes(key), part);
    return key;
}

} // namespace

void sign(transport::Request &request, std::string_view host, const Credentials &credentials, const Scope &scope,
          Time now)
{
    const auto time = timestamp(now);
    const auto date = time.substr(0, 8);
    wire::setHeader(request.headers, "X-Amz-Date", time);
    if (!credentials.sessionToken.empty())
        wire::setHeader(request.headers, "X-Amz-Security-Token", credentials.sessionToken);
    wire::removeHeader(request.headers, "Authorization");

    const std::string_view target = request.target;
    const auto path = target.substr(0, target.find('?'));
    const auto query = path.size() < target.size() ? target.substr(path.size() + 1) : std::string_view();
    const auto fields = signedFields(request, host);
    const auto canonical = fmt::format("{}\n{}\n{}\n{}\n{}\n{}", request.method, encodedPath(path), sortedQuery(query),
                                       fields.lines, fields.names, hashOf(request.body));
    const auto range = fmt::format("{}/{}/{}/aws4_request", date, scope.region, scope.service);
    const auto text = fmt::format("{}\n{}\n{}\n{}", kAlgorithm, time, range, hashOf(canonical));
    const auto signature = hex(hmac(bytes(signingKey(credentials, scope, date)), text));
    request.headers.push_back(
        {"Authorization", fmt::format("{} Credential={}/{}, SignedHeaders={}, Signature={}", kAlgorithm,
                                      credentials.accessKeyId, range, fields.names, signature)});
}

} // namespace aws
