#include "wire/ids.h"
#include "wire/msgpack_codec.h"
#include "wire/msgpack_map.h"

#include <algorithm>
#include <ranges>

namespace wire {

namespace {

using enum Presence;

constexpr std::array kClientFields{
    Field<Ready>{"version", Optional, [](auto &in, auto &ready) { ready.clientVersion = readWord(in); }},
    Field<Ready>{"os", Optional, [](auto &in, auto &ready) { ready.clientOs = readWord(in); }},
};

constexpr std::array kReadyFields{
    Field<Ready>{"name", Optional, [](auto &in, auto &ready) { ready.name = readWord(in); }},
    Field<Ready>{"session", Required, [](auto &in, auto &ready) { ready.session = readWord(in); }},
    Field<Ready>{"takeover", Optional, [](auto &in, auto &ready) { ready.takeover = in.boolean(); }},
    Field<Ready>{"links", Optional, [](auto &in, auto &ready) { ready.links = readSmallNumber(in); }},
    Field<Ready>{"client", Optional, [](auto &in, auto &ready) { readMap(in, kClientFields, ready, 2); }},
};

constexpr std::array kLimitFields{
    Field<Limits>{"max_body_bytes", Optional, [](auto &in, auto &limits) { limits.maxBodyBytes = in.number(); }},
    Field<Limits>{"max_message_bytes", Optional, [](auto &in, auto &limits) { limits.maxMessageBytes = in.number(); }},
    Field<Limits>{"request_timeout_ms", Optional,
                  [](auto &in, auto &limits) { limits.requestTimeoutMs = in.number(); }},
    Field<Limits>{"requests_per_hour", Optional, [](auto &in, auto &limits) { limits.requestsPerHour = in.number(); }},
    Field<Limits>{"request_burst", Optional, [](auto &in, auto &limits) { limits.requestBurst = in.number(); }},
    Field<Limits>{"max_requests", Optional, [](auto &in, auto &limits) { limits.maxRequests = in.number(); }},
    Field<Limits>{"upload_bytes_per_second", Optional,
                  [](auto &in, auto &limits) { limits.uploadBytesPerSecond = in.number(); }},
    Field<Limits>{"download_bytes_per_second", Optional,
                  [](auto &in, auto &limits) { limits.downloadBytesPerSecond = in.number(); }},
};

struct OptionalLimit {
    std::string_view key;
    std::uint64_t Limits::*value; // absent when 0
};

constexpr std::array kOptionalLimits{
    OptionalLimit{"requests_per_hour", &Limits::requestsPerHour},
    OptionalLimit{"request_burst", &Limits::requestBurst},
    OptionalLimit{"max_requests", &Limits::maxRequests},
    OptionalLimit{"upload_bytes_per_second", &Limits::uploadBytesPerSecond},
    OptionalLimit{"download_bytes_per_second", &Limits::downloadBytesPerSecond},
};

using Established = ConnectionEstablished;
constexpr std::array kEstablishedFields{
    Field<Established>{"connection_id", Required, [](auto &in, auto &out) { out.connectionId = readWord(in); }},
    Field<Established>{"tunnel_id", Required, [](auto &in, auto &out) { out.tunnelId = readWord(in); }},
    Field<Established>{"public_url", Required, [](auto &in, auto &out) { out.publicUrl = readWord(in); }},
    Field<Established>{"subdomain_url", Optional, [](auto &in, auto &out) { out.subdomainUrl = readWord(in); }},
    Field<Established>{"path_based_url", Optional, [](auto &in, auto &out) { out.pathBasedUrl = readWord(in); }},
    Field<Established>{"limits", Optional, [](auto &in, auto &out) { readMap(in, kLimitFields, out.limits, 2); }},
};

constexpr std::array<Field<Ping>, 0> kPingFields{};
constexpr std::array<Field<Pong>, 0> kPongFields{};

constexpr std::array kDrainingFields{
    Field<Draining>{"reason", Optional, [](auto &in, auto &draining) { draining.reason = readSentence(in); }},
};

constexpr std::array kErrorFields{
    Field<ErrorMessage>{"request_id", Optional, [](auto &in, auto &out) { out.requestId = readWord(in); }},
    Field<ErrorMessage>{"code", Required, [](auto &in, auto &out) { out.error.code = codeFromName(in.string()); }},
    Field<ErrorMessage>{"message", Required, [](auto &in, auto &out) { out.error.message = readSentence(in); }},
};

struct Envelope {
    std::string_view type;
};

constexpr std::array kEnvelopeFields{
    Field<Envelope>{"type", Required, [](auto &in, auto &out) { out.type = in.string(); }},
};

void check(MsgpackReader &in, const Ready &ready)
{
    if (ready.session.size() > kMaxSessionIdLength)
        in.fail("the session id is too long");
}

void check(MsgpackReader &in, const ErrorMessage &message)
{
    if (!message.requestId.empty() && !isRequestId(message.requestId))
        in.fail("bad request id");
}

template <class T>
void check(MsgpackReader &, const T &)
{
}

template <class T, std::size_t N>
Result<ControlMessage> decodeAs(std::string_view payload, const std::array<Field<T>, N> &fields, std::string_view type)
{
    MsgpackReader in(payload);
    T message;
    readMap(in, fields, message, 1);
    check(in, message);
    if (auto read = in.finish(type); !read)
        return std::unexpected(std::move(read).error());
    return message;
}

struct Writer {
    MsgpackWriter to;

    void begin(std::string_view type, std::size_t otherPairs)
    {
        to.map(1 + otherPairs);
        writePair(to, "type", type);
    }

    void operator()(const Ready &ready)
    {
        const auto optional =
            std::size_t{!ready.name.empty()} + std::size_t{ready.takeover} + (ready.links > 0 ? 1 : 0);
        begin("ready", 2 + optional);
        writeOptional(to, "name", ready.name);
        writePair(to, "session", ready.session);
        if (ready.takeover) {
            to.string("takeover");
            to.boolean(true);
        }
        if (ready.links > 0)
            writePair(to, "links", std::uint64_t{ready.links});
        to.string("client");
        to.map(2);
        writePair(to, "version", ready.clientVersion);
        writePair(to, "os", ready.clientOs);
    }

    void operator()(const ConnectionEstablished &message)
    {
        begin("connection_established",
              4 + std::size_t{!message.subdomainUrl.empty()} + std::size_t{!message.pathBasedUrl.empty()});
        writePair(to, "connection_id", message.connectionId);
        writePair(to, "tunnel_id", message.tunnelId);
        writePair(to, "public_url", message.publicUrl);
        writeOptional(to, "subdomain_url", message.subdomainUrl);
        writeOptional(to, "path_based_url", message.pathBasedUrl);
        to.string("limits");
        write(message.limits);
    }

    void write(const Limits &limits)
    {
        const auto given = [&](const OptionalLimit &optional) { return limits.*optional.value != 0; };
        to.map(3 + static_cast<std::size_t>(std::ranges::count_if(kOptionalLimits, given)));
        writePair(to, "max_body_bytes", limits.maxBodyBytes);
        writePair(to, "max_message_bytes", limits.maxMessageBytes);
        writePair(to, "request_timeout_ms", limits.requestTimeoutMs);
        for (const auto &optional : kOptionalLimits | std::views::filter(given))
            writePair(to, optional.key, limits.*optional.value);
    }

    void operator()(const Ping &) { begin("ping", 0); }
    void operator()(const Pong &) { begin("pong", 0); }

    void operator()(const Draining &draining)
    {
        begin("draining", 1);
        writePair(to, "reason", cutText(draining.reason, kMaxErrorTextBytes));
    }

    void operator()(const ErrorMessage &message)
    {
        begin("error", 2 + std::size_t{!message.requestId.empty()});
        writeOptional(to, "request_id", message.requestId);
        writePair(to, "code", codeName(message.error.code));
        writePair(to, "message", cutText(message.error.message, kMaxErrorTextBytes));
    }
};

} // namespace

void encodeControl(std::string &out, const ControlMessage &message)
{
    std::visit(Writer{MsgpackWriter(out)}, message);
}

// Two passes, because the type may stand anywhere in the map.
Result<ControlMessage> decodeControl(std::string_view payload)
{
    MsgpackReader in(payload);
    Envelope envelope;
    readMap(in, kEnvelopeFields, envelope, 1);
    if (auto read = in.finish("control message"); !read)
        return std::unexpected(std::move(read).error());
    if (envelope.type == "ready")
        return decodeAs(payload, kReadyFields, envelope.type);
    if (envelope.type == "connection_established")
        return decodeAs(payload, kEstablishedFields, envelope.type);
    if (envelope.type == "ping")
        return decodeAs(payload, kPingFields, envelope.type);
    if (envelope.type == "pong")
        return decodeAs(payload, kPongFields, envelope.type);
    if (envelope.type == "draining")
        return decodeAs(payload, kDrainingFields, envelope.type);
    if (envelope.type == "error")
        return decodeAs(payload, kErrorFields, envelope.type);
    return fail(Code::ProtocolError, "control message: unknown type");
}

} // namespace wire
