#include "edge/forwarded_headers.h"

#include "edge/forwarded_chain.h"
#include "wire/variable_name.h"

#include <algorithm>

namespace edge {

namespace {

using wire::Header;
using wire::HeaderList;
using wire::sameFieldName;

constexpr std::size_t kFieldsAdded = 6;

// Fields by which a proxy speaks for a visitor, and a visitor might for itself; also as services may take them for that.
bool claimsForwarding(const Header &header) noexcept
{
    return wire::sameVariableName(header.name, "Forwarded") || wire::sameVariableName(header.name, "X-Real-IP") ||
           wire::beginsVariableName(header.name, "X-Forwarded-");
}

// A trusted proxy writes what it says itself; "X_Forwarded_For" it passes on from a visitor.
bool mustGo(const Header &header, bool peerTrusted) noexcept
{
    return claimsForwarding(header) && (!peerTrusted || header.name.find('_') != std::string::npos);
}

// The fields of a head that matter here; of a repeated one the last, which is the one nearest to us.
struct Fields {
    Header *host = nullptr;
    Header *requestId = nullptr;
    Header *forwarded = nullptr;
    Header *forwardedFor = nullptr;
    Header *forwardedProto = nullptr;
    Header *forwardedHost = nullptr;
    Header *forwardedPrefix = nullptr;
};

Header **slotFor(Fields &fields, std::string_view name) noexcept
{
    switch (name.size()) { // most fields are told apart by their length alone
    case 4: return sameFieldName(name, "Host") ? &fields.host : nullptr;
    case 9: return sameFieldName(name, "Forwarded") ? &fields.forwarded : nullptr;
    case 12: return sameFieldName(name, "X-Request-Id") ? &fields.requestId : nullptr;
    case 15: return sameFieldName(name, "X-Forwarded-For") ? &fields.forwardedFor : nullptr;
    case 16: return sameFieldName(name, "X-Forwarded-Host") ? &fields.forwardedHost : nullptr;
    case 17: return sameFieldName(name, "X-Forwarded-Proto") ? &fields.forwardedProto : nullptr;
    case 18: return sameFieldName(name, "X-Forwarded-Prefix") ? &fields.forwardedPrefix : nullptr;
    default: return nullptr;
    }
}

Fields collect(HeaderList &headers) noexcept
{
    Fields fields;
    for (auto &header : headers) {
        if (auto **slot = slotFor(fields, header.name))
            *slot = &header;
    }
    return fields;
}

// What a dual-stack socket says of an IPv4 peer, and the zone of a link-local one, mean nothing to others.
std::string_view plainAddress(std::string_view address) noexcept
{
    address = address.substr(0, address.find('%'));
    constexpr std::string_view mapped = "::ffff:";
    return address.starts_with(mapped) && address.find('.') != std::string_view::npos ? address.substr(mapped.size())
                                                                                      : address;
}

void appendQuoted(std::string &out, std::string_view value)
{
    out += '"';
    for (const char c : value) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    out += '"';
}

void appendParameter(std::string &out, std::string_view name, std::string_view value)
{
    if (value.empty())
        return;
    out.append(";").append(name).append("=");
    if (wire::isToken(value))
        out += value;
    else
        appendQuoted(out, value);
}

// RFC 7239 4: IPv6 addresses go into brackets and quotes.
void appendFor(std::string &out, std::string_view address)
{
    if (!out.empty())
        out += ", ";
    out += "for=";
    if (address.empty())
        out += "unknown";
    else if (address.find(':') != std::string_view::npos)
        out.append("\"[").append(address).append("]\"");
    else
        out += address;
}

void appendElement(std::string &out, std::string_view address, std::string_view host, std::string_view scheme)
{
    appendFor(out, address);
    appendParameter(out, "host", host);
    appendParameter(out, "proto", scheme);
}

// Appends the elements of one X-Forwarded-For field as Forwarded (RFC 7239 7.4); the first of all, the visitor's, says
// for which host and by which scheme.
void appendChain(std::string &out, std::string_view chain, std::string_view host, std::string_view scheme)
{
    while (!chain.empty()) {
        const auto comma = std::min(chain.find(','), chain.size());
        const auto node = chain.substr(0, comma);
        chain.remove_prefix(std::min(comma + 1, chain.size()));
        const bool first = out.empty();
        if (node.find_first_not_of(" \t") != std::string_view::npos)
            appendElement(out, nodeAddress(node), first ? host : "", first ? scheme : "");
    }
}

std::string joinPrefixes(std::string_view outer, std::string_view inner)
{
    while (outer.ends_with('/'))
        outer.remove_suffix(1);
    return std::string(outer).append(inner);
}

std::string_view valueOf(const Header *header) noexcept
{
    return header == nullptr ? std::string_view() : std::string_view(header->value);
}

// Adds to the head's fields. Room for all additions must be there, so that the pointers of Fields stay good.
class Additions {
public:
    Additions(wire::RequestHead &head, const ForwardedInput &input, VisitorOrigin origin)
        : m_headers(head.headers), m_input(input), m_origin(origin), m_peer(plainAddress(input.peerAddress))
    {
        m_fields = collect(m_headers);
    }

    void apply(std::string_view requestId)
    {
        addChain();
        addSchemeAndHost();
        addForwarded();
        addPrefix();
        if (m_fields.requestId == nullptr && !requestId.empty())
            add("X-Request-Id", std::string(requestId));
    }

private:
    Header *add(std::string_view name, std::string value)
    {
        return &m_headers.emplace_back(std::string(name), std::move(value));
    }

    void addChain()
    {
        if (m_fields.forwardedFor != nullptr) {
            auto &chain = m_fields.forwardedFor->value;
            chain.append(chain.empty() ? "" : ", ").append(m_peer);
            return;
        }
        std::string chain(m_origin.address);
        if (m_origin.address != m_peer) // told by Forwarded alone
            chain.append(", ").append(m_peer);
        add("X-Forwarded-For", std::move(chain));
    }

    void addSchemeAndHost()
    {
        if (m_fields.forwardedProto == nullptr) {
            const auto scheme = m_origin.scheme.empty() ? m_input.scheme : m_origin.scheme;
            m_fields.forwardedProto = add("X-Forwarded-Proto", std::string(scheme));
        }
        const auto visitedHost = m_origin.host.empty() ? valueOf(m_fields.host) : m_origin.host;
        if (m_fields.forwardedHost == nullptr && !visitedHost.empty())
            m_fields.forwardedHost = add("X-Forwarded-Host", std::string(visitedHost));
    }

    void addForwarded()
    {
        if (m_fields.forwarded != nullptr) {
            appendElement(m_fields.forwarded->value, m_peer, valueOf(m_fields.host), m_input.scheme);
            return;
        }
        std::string forwarded;
        for (const auto &header : m_headers) {
            if (sameFieldName(header.name, "X-Forwarded-For")) {
                appendChain(forwarded, header.value, valueOf(m_fields.forwardedHost), valueOf(m_fields.forwardedProto));
            }
        }
        add("Forwarded", std::move(forwarded));
    }

    void addPrefix()
    {
        if (m_input.prefix.empty())
            return;
        if (m_fields.forwardedPrefix != nullptr)
            m_fields.forwardedPrefix->value = joinPrefixes(m_fields.forwardedPrefix->value, m_input.prefix);
        else
            add("X-Forwarded-Prefix", std::string(m_input.prefix));
    }

    HeaderList &m_headers;
    const ForwardedInput &m_input;
    VisitorOrigin m_origin;
    std::string_view m_peer;
    Fields m_fields;
};

} // namespace

void applyForwarded(wire::RequestHead &head, const ForwardedInput &input)
{
    std::erase_if(head.headers, [&](const Header &header) { return mustGo(header, input.peerTrusted); });
    head.headers.reserve(head.headers.size() + kFieldsAdded);
    VisitorOrigin origin{plainAddress(input.peerAddress), {}, {}};
    if (input.peerTrusted)
        origin = visitorOrigin(head.headers, origin.address, input.trustedProxies);
    head.remoteAddress = origin.address;
    Additions(head, input, origin).apply(head.requestId);
}

} // namespace edge
