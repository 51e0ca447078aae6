#include "client/capture_recorder.h"

#include <algorithm>
#include <utility>

namespace client {

CaptureRecorder::CaptureRecorder(quint64 key, qsizetype bodyBytes) : m_requestRoom(bodyBytes), m_responseRoom(bodyBytes)
{
    m_update.key = key;
}

void CaptureRecorder::request(const wire::RequestHead &head)
{
    m_update.request = std::make_shared<const wire::RequestHead>(head);
    m_news = true;
}

void CaptureRecorder::response(const wire::ResponseHead &head)
{
    m_update.response = std::make_shared<const wire::ResponseHead>(head);
    m_news = true;
}

void CaptureRecorder::append(QByteArray &body, qsizetype &room, bool &cut, std::string_view bytes)
{
    const auto kept = std::min(qsizetype(bytes.size()), room);
    const bool nowCut = kept < qsizetype(bytes.size());
    m_news = m_news || kept > 0 || nowCut != cut;
    body.append(bytes.data(), kept);
    room -= kept;
    cut = cut || nowCut;
}

std::optional<CaptureUpdate> CaptureRecorder::take()
{
    if (!std::exchange(m_news, false))
        return std::nullopt;
    CaptureUpdate next;
    next.key = m_update.key;
    next.requestCut = m_update.requestCut;
    next.responseCut = m_update.responseCut;
    return std::exchange(m_update, std::move(next));
}

} // namespace client
