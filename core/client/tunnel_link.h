// One connection to the server: its WebSocket, the frames on it and the streams they belong to (docs/protocol.md, v2;
// v1 through V1Frames).
// Tells TunnelRunner what happens as tunnel events. Engine thread.
#pragma once

#include "client/held_requests.h"
#include "client/link_socket.h"
#include "client/local_request.h"
#include "client/stream_host.h"
#include "client/tunnel.h"
#include "client/v1_frames.h"
#include "client/v1_outbox.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace client {

// What all links of an engine share; outlives them.
struct LinkServices {
    ExchangeLog &log;
    std::span<char> scratch;
};

// What the streams of one tunnel have in common.
struct StreamSettings {
    std::shared_ptr<LocalSite> site;
    std::optional<std::string> hostField;
    TunnelLabel label;
    std::shared_ptr<TunnelGuard> guard{}; // null: everything passes
};

class TunnelLink final : public QObject, private StreamHost {
    Q_OBJECT
public:
    using Report = std::function<void(const Event &)>;

    TunnelLink(LinkId id, LinkAddress address, StreamSettings settings, LinkServices services, Report sink,
               QObject *parent);
    ~TunnelLink() override;

    void open() { m_socket.open(); }
    void sendControl(const wire::ControlMessage &message);
    void ping();
    // New requests are refused with LocalServiceUnavailable; those in flight go on.
    void setPaused(bool paused) { m_paused = paused; }
    // Report event::Drained as soon as no stream is left.
    void watchDrain();
    // Ends every stream, says goodbye and deletes itself once the socket is closed, within kCloseTimeout. No report
    // comes after this.
    void close(const wire::Error &why);

    // Whether anything came from the server since the last call.
    [[nodiscard]] bool takeHeard() { return std::exchange(m_heard, false); }

private:
    // StreamHost
    std::string &frames() override { return m_frames; }
    void framesAdded() override;
    [[nodiscard]] bool congested() const override { return m_congested; }
    [[nodiscard]] std::chrono::nanoseconds roundTrip() const override { return m_socket.roundTrip(); }
    wire::LinkWindowBudget &windowBudget() override { return m_budget; }
    LocalSite &site() override { return *m_settings.site; }
    [[nodiscard]] const std::optional<std::string> &hostField() const override { return m_settings.hostField; }
    [[nodiscard]] std::shared_ptr<ExchangeRecord> begin(const wire::RequestHead &head) override
    {
        return m_services.log.begin(m_settings.label, head);
    }
    ExchangeLog &log() override { return m_services.log; }
    std::span<char> scratch() override { return m_services.scratch; }
    [[nodiscard]] bool allowsEveryOrigin() const override
    {
        return m_settings.guard && m_settings.guard->gate().allowsEveryOrigin();
    }
    void streamFinished(std::uint32_t stream) override;

    void onOpened();
    void onMessage(const QByteArray &message);
    void onFrames(std::string_view frames);
    void sendFrames();
    void sendV1();
    [[nodiscard]] qint64 unsent() const { return m_socket.unsent() + qint64(m_outbox.bytes()); }
    [[nodiscard]] wire::Result<> onFrame(const wire::Frame &frame);
    [[nodiscard]] wire::Result<> onControl(std::string_view payload);
    [[nodiscard]] wire::Result<> onRequestHead(const wire::Frame &frame);
    [[nodiscard]] wire::Result<> onStreamFrame(LocalRequest &stream, const wire::Frame &frame);
    void on(const wire::ConnectionEstablished &established);
    void on(const wire::ErrorMessage &message);
    void on(const wire::Draining &draining);
    void on(const wire::Ping &ping);
    void on(const wire::Pong &) {}
    void on(const wire::Ready &) {}
    LocalRequest &addStream(std::uint32_t stream, wire::RequestHead head);
    void admit(const AdmittedRequest &request);
    [[nodiscard]] std::size_t streams() const { return m_streams.size() + (m_held ? m_held->size() : 0); }
    void refuseStream(std::uint32_t stream, const wire::Error &why);
    void endStreams();
    void refuseWhilePaused(std::uint32_t stream, const wire::RequestHead &head);
    void report(const Event &event);
    void breach(const wire::Error &why);
    void flush();
    void onBytesWritten();
    void reportIfDrained();

    const LinkId m_id;
    StreamSettings m_settings;
    LinkServices m_services;
    Report m_report;
    LinkSocket m_socket;
    wire::LinkWindowBudget m_budget;
    std::unordered_map<std::uint32_t, std::unique_ptr<LocalRequest>> m_streams;
    std::unique_ptr<HeldRequests> m_held; // null without a guard
    std::unique_ptr<V1Frames> m_v1; // null when the server speaks v2, which leaves these two idle
    V1Outbox m_outbox;
    QTimer m_outboxDue;
    std::vector<std::unique_ptr<LocalRequest>> m_ended; // deleted at the next flush: they may be calling us
    std::string m_frames;
    bool m_flushScheduled = false;
    bool m_congested = false;
    bool m_established = false;
    bool m_paused = false;
    bool m_watchingDrain = false;
    bool m_closed = false;
    bool m_heard = false;
};

} // namespace client
