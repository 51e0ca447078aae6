#include "client/replay_run.h"

#include "client/replay_head.h"

#include <QTimerEvent>

#include <algorithm>

namespace client {

namespace {

constexpr std::uint32_t kOnlyStream = 1;

} // namespace

ReplayRun::ReplayRun(quint64 key, const ReplayRequest &request, const ReplayServices &services)
    : m_key(key),
      m_request(request),
      m_services(services),
      m_site(services.pool.site(request.target)),
      m_hostField(replayHostField(request)),
      m_unsent(m_request.body.constData(), std::size_t(m_request.body.size()))
{
}

ReplayRun::~ReplayRun() = default;

void ReplayRun::start()
{
    auto head = replayHead(m_request);
    if (!head) {
        m_services.log.finish(begin(m_request.head), ExchangeState::Aborted, head.error());
        return streamFinished(kOnlyStream);
    }
    StreamHost &host = *this;
    m_stream = std::make_unique<LocalRequest>(kOnlyStream, std::move(*head), host);
    restartTimer();
    m_stream->start();
    sendBody();
}

std::shared_ptr<ExchangeRecord> ReplayRun::begin(const wire::RequestHead &head)
{
    const TunnelLabel label{m_request.tunnelId, m_request.tunnelName};
    m_record = m_services.log.begin(label, head, {m_key, m_request.replayOf});
    return m_record;
}

void ReplayRun::restartTimer()
{
    if (!m_finished && m_record->status == 0)
        m_timer.start(int(m_services.timeout.count()), this);
}

void ReplayRun::sendBody()
{
    while (!m_finished && !m_unsent.empty() && m_credit.available() > 0) {
        const auto part = m_unsent.substr(0, std::min(m_credit.available(), wire::kMaxDataBytes));
        m_unsent.remove_prefix(part.size());
        m_credit.take(part.size());
        if (auto taken = m_stream->onData(part); !taken)
            return abort(taken.error());
    }
    if (m_unsent.empty() && !std::exchange(m_bodyEnded, true))
        m_stream->onEnd({});
}

void ReplayRun::framesAdded()
{
    if (std::exchange(m_turnScheduled, true))
        return;
    QMetaObject::invokeMethod(this, &ReplayRun::takeFrames, Qt::QueuedConnection);
}

void ReplayRun::takeFrames()
{
    m_turnScheduled = false;
    const std::string sent = std::exchange(m_frames, {});
    wire::FrameReader reader(sent);
    for (auto frame = reader.next(); !m_finished && frame && *frame; frame = reader.next())
        take(**frame);
}

// What a relay does with the frames of a stream. Its end is told by streamFinished().
void ReplayRun::take(const wire::Frame &frame)
{
    wire::Result<> taken;
    if (frame.kind == wire::FrameKind::Window) {
        const auto credit = wire::decodeWindow(frame.payload);
        taken = credit ? m_credit.add(*credit) : std::unexpected(credit.error());
        restartTimer();
        if (taken)
            sendBody();
    } else if (frame.kind == wire::FrameKind::ResponseHead && m_record->status != 0) {
        m_timer.stop();
    } else if (frame.kind == wire::FrameKind::Data) {
        taken = m_stream->onWindow(std::uint32_t(frame.payload.size()));
    }
    if (!taken)
        abort(taken.error());
}

void ReplayRun::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    const auto seconds = std::chrono::duration<double>(m_services.timeout).count();
    abort({wire::Code::Timeout,
           "The local service sent no response within " + QString::number(seconds).toStdString() + " s."});
}

void ReplayRun::cancel()
{
    abort({wire::Code::Cancelled, "The request was cancelled."});
}

void ReplayRun::abort(const wire::Error &why)
{
    if (m_stream)
        m_stream->abort(why);
}

void ReplayRun::streamFinished(std::uint32_t)
{
    m_finished = true;
    m_timer.stop();
    Q_EMIT finished();
}

} // namespace client
