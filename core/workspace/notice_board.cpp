#include "workspace/notice_board.h"

#include "wire/limits.h"

#include <algorithm>

namespace workspace {

void NoticeBoard::tell(const Notice &notice)
{
    const auto former = std::ranges::find(m_notices, notice.key, &Notice::key);
    const bool known = former != m_notices.end();
    if (known ? *former == notice : notice.text.isEmpty())
        return;
    if (known)
        m_notices.erase(former);
    if (!notice.text.isEmpty())
        m_notices.append(notice);
    while (m_notices.size() > static_cast<qsizetype>(wire::kMaxNotices))
        m_notices.removeFirst();
    Q_EMIT noticed(notice);
}

void NoticeBoard::tell(const QString &key, const wire::Result<> &result, const QString &consequence)
{
    if (result)
        return tell({key, {}});
    tell({key, QStringLiteral("%1: %2").arg(consequence, QString::fromStdString(result.error().message))});
}

} // namespace workspace
