// A link for streams under test: keeps their frames, decoded, instead of sending them. Lives on the test's thread.
#pragma once

#include "client/stream_host.h"
#include "wire/frame.h"
#include "wire/msgpack_codec.h"

#include <QSet>

#include <array>
#include <map>
#include <vector>

namespace support {

// What was sent on one stream.
struct SentStream {
    std::vector<wire::ResponseHead> heads;
    std::string body;
    std::size_t credit = 0; // granted to the visitor's side
    bool ended = false;
    wire::HeaderList trailers;
    std::optional<wire::Error> reset;
};

class FakeStreamHost final : public client::StreamHost {
public:
    explicit FakeStreamHost(const client::LocalTarget &target, qint64 captureBodyBytes = -1)
        : exchanges(captureBodyBytes), m_site(m_pool.site(target)), hostFieldValue(std::string("local.test"))
    {
    }

    // Everything sent so far on this stream.
    SentStream &sent(std::uint32_t stream)
    {
        decode();
        return m_sent[stream];
    }
    [[nodiscard]] bool finished(std::uint32_t stream) const { return m_finished.contains(stream); }
    client::LocalPool &pool() { return m_pool; }
    [[nodiscard]] std::size_t idleConnections() const { return m_site->idleConnections(); }
    client::ExchangeLog exchanges;

    std::string &frames() override { return m_frames; }
    void framesAdded() override {}
    [[nodiscard]] bool congested() const override { return isCongested; }
    [[nodiscard]] std::chrono::nanoseconds roundTrip() const override { return std::chrono::nanoseconds{0}; }
    wire::LinkWindowBudget &windowBudget() override { return m_budget; }
    client::LocalSite &site() override { return *m_site; }
    [[nodiscard]] const std::optional<std::string> &hostField() const override { return hostFieldValue; }
    [[nodiscard]] std::shared_ptr<client::ExchangeRecord> begin(const wire::RequestHead &head) override
    {
        return exchanges.begin(m_label, head);
    }
    client::ExchangeLog &log() override { return exchanges; }
    std::span<char> scratch() override { return m_scratch; }
    void streamFinished(std::uint32_t stream) override { m_finished.insert(stream); }

private:
    client::LocalPool m_pool;
    std::shared_ptr<client::LocalSite> m_site;

public:
    std::optional<std::string> hostFieldValue;
    bool isCongested = false;

private:
    void decode()
    {
        wire::FrameReader reader(m_frames);
        for (auto frame = reader.next(); frame.has_value() && frame->has_value(); frame = reader.next())
            take(**frame);
        m_frames.clear();
    }
    void take(const wire::Frame &frame)
    {
        auto &stream = m_sent[frame.stream];
        switch (frame.kind) {
        case wire::FrameKind::ResponseHead:
            stream.heads.push_back(wire::decodeResponseHead(frame.payload).value());
            break;
        case wire::FrameKind::Data: stream.body.append(frame.payload); break;
        case wire::FrameKind::End:
            stream.ended = true;
            stream.trailers = wire::decodeTrailers(frame.payload).value();
            break;
        case wire::FrameKind::Reset: stream.reset = wire::decodeReset(frame.payload).value(); break;
        case wire::FrameKind::Window: stream.credit += wire::decodeWindow(frame.payload).value(); break;
        default: break;
        }
    }

    client::TunnelLabel m_label{QStringLiteral("t1"), QStringLiteral("shop")};
    wire::LinkWindowBudget m_budget;
    std::array<char, wire::kMaxDataBytes> m_scratch;
    std::string m_frames;
    std::map<std::uint32_t, SentStream> m_sent;
    QSet<std::uint32_t> m_finished;
};

// A target on the loopback address.
[[nodiscard]] inline client::LocalTarget loopbackTarget(quint16 port, const QString &host = QStringLiteral("127.0.0.1"))
{
    client::LocalTarget target;
    target.host = host;
    target.port = port;
    return target;
}

} // namespace support
