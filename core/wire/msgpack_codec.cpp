#include "wire/msgpack_codec.h"

#include "wire/msgpack_map.h"

namespace wire {

namespace {

using enum Presence;

constexpr std::array<std::string_view, 3> kBodyNames{"none", "sized", "unknown"}; // by BodyKind

BodyKind readBodyKind(MsgpackReader &in)
{
    const auto name = in.string();
    for (std::size_t i = 0; i < kBodyNames.size(); ++i)
        if (kBodyNames[i] == name)
            return static_cast<BodyKind>(i);
    in.fail("unknown kind of body");
    return BodyKind::None;
}

unsigned readVersion(MsgpackReader &in)
{
    const auto version = in.string();
    if (version != "1.0" && version != "1.1")
        in.fail("the HTTP version is not 1.0 or 1.1");
    return version == "1.0" ? 10 : 11;
}

HeaderList readHeaders(MsgpackReader &in)
{
    HeaderList headers;
    const auto count = in.array();
    if (count > kMaxHeaderCount)
        in.fail("too many header fields");
    headers.reserve(in.ok() ? count : 0);
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        if (in.array() != 2)
            in.fail("a header field is not a pair");
        auto &header = headers.emplace_back();
        header.name = in.string();
        header.value = in.string();
    }
    return headers;
}

void writeHeaders(MsgpackWriter &to, const HeaderList &headers)
{
    to.array(headers.size());
    for (const auto &[name, value] : headers) {
        to.array(2);
        to.string(name);
        to.string(value);
    }
}

constexpr std::array kRequestFields{
    Field<RequestHead>{"method", Required, [](auto &in, auto &head) { head.method = in.string(); }},
    Field<RequestHead>{"uri", Required, [](auto &in, auto &head) { head.uri = in.string(); }},
    Field<RequestHead>{"version", Required, [](auto &in, auto &head) { head.version = readVersion(in); }},
    Field<RequestHead>{"headers", Required, [](auto &in, auto &head) { head.headers = readHeaders(in); }},
    Field<RequestHead>{"remote_address", Required, [](auto &in, auto &head) { head.remoteAddress = in.string(); }},
    Field<RequestHead>{"request_id", Required, [](auto &in, auto &head) { head.requestId = in.string(); }},
    Field<RequestHead>{"upgrade", Optional, [](auto &in, auto &head) { head.upgrade = in.string(); }},
    Field<RequestHead>{"body", Required, [](auto &in, auto &head) { head.body = readBodyKind(in); }},
};

constexpr std::array kResponseFields{
    Field<ResponseHead>{"status_code", Required, [](auto &in, auto &head) { head.status = readSmallNumber(in); }},
    Field<ResponseHead>{"reason", Required, [](auto &in, auto &head) { head.reason = in.string(); }},
    Field<ResponseHead>{"headers", Required, [](auto &in, auto &head) { head.headers = readHeaders(in); }},
    Field<ResponseHead>{"upgrade", Optional, [](auto &in, auto &head) { head.upgrade = in.string(); }},
    Field<ResponseHead>{"body", Required, [](auto &in, auto &head) { head.body = readBodyKind(in); }},
};

constexpr std::array kResetFields{
    Field<Error>{"code", Required, [](auto &in, auto &error) { error.code = codeFromName(in.string()); }},
    Field<Error>{"message", Required, [](auto &in, auto &error) { error.message = readSentence(in); }},
};

template <class Head, std::size_t N>
Result<Head> decodeHead(std::string_view payload, const std::array<Field<Head>, N> &fields, std::string_view what)
{
    MsgpackReader in(payload);
    Head head;
    readMap(in, fields, head, 1);
    if (auto read = in.finish(what); !read)
        return std::unexpected(std::move(read).error());
    if (auto checked = checkHead(head); !checked)
        return std::unexpected(std::move(checked).error());
    if (auto framed = checkFraming(head); !framed)
        return std::unexpected(std::move(framed).error());
    return head;
}

} // namespace

void encodeRequestHead(std::string &out, const RequestHead &head)
{
    MsgpackWriter to(out);
    to.map(head.upgrade.empty() ? 7 : 8);
    writePair(to, "method", head.method);
    writePair(to, "uri", head.uri);
    writePair(to, "version", head.version == 10 ? "1.0" : "1.1");
    to.string("headers");
    writeHeaders(to, head.headers);
    writePair(to, "remote_address", head.remoteAddress);
    writePair(to, "request_id", head.requestId);
    writeOptional(to, "upgrade", head.upgrade);
    writePair(to, "body", kBodyNames[static_cast<std::size_t>(head.body)]);
}

Result<RequestHead> decodeRequestHead(std::string_view payload)
{
    auto head = decodeHead(payload, kRequestFields, "request head");
    if (head && head->requestId.empty()) // checkHead takes none, for heads that have no id yet
        return fail(Code::ProtocolError, "request head: no request id");
    return head;
}

void encodeResponseHead(std::string &out, const ResponseHead &head)
{
    MsgpackWriter to(out);
    to.map(head.upgrade.empty() ? 4 : 5);
    writePair(to, "status_code", std::uint64_t{head.status});
    writePair(to, "reason", head.reason);
    to.string("headers");
    writeHeaders(to, head.headers);
    writeOptional(to, "upgrade", head.upgrade);
    writePair(to, "body", kBodyNames[static_cast<std::size_t>(head.body)]);
}

Result<ResponseHead> decodeResponseHead(std::string_view payload)
{
    return decodeHead(payload, kResponseFields, "response head");
}

void encodeTrailers(std::string &out, const HeaderList &trailers)
{
    if (trailers.empty())
        return;
    MsgpackWriter to(out);
    writeHeaders(to, trailers);
}

Result<HeaderList> decodeTrailers(std::string_view payload)
{
    if (payload.empty())
        return HeaderList();
    MsgpackReader in(payload);
    auto trailers = readHeaders(in);
    if (auto read = in.finish("trailers"); !read)
        return std::unexpected(std::move(read).error());
    if (auto checked = checkTrailers(trailers); !checked)
        return std::unexpected(std::move(checked).error());
    return trailers;
}

void encodeReset(std::string &out, const Error &error)
{
    MsgpackWriter to(out);
    to.map(2);
    writePair(to, "code", codeName(error.code));
    writePair(to, "message", cutText(error.message, kMaxErrorTextBytes));
}

Result<Error> decodeReset(std::string_view payload)
{
    MsgpackReader in(payload);
    Error error;
    readMap(in, kResetFields, error, 1);
    if (auto read = in.finish("reset"); !read)
        return std::unexpected(std::move(read).error());
    return error;
}

} // namespace wire
