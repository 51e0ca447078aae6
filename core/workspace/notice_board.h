// What the user must know that belongs to no tunnel, until it is dismissed or no longer true. Main thread; owned by
// Workspace.
#pragma once

#include "wire/result.h"

#include <QList>
#include <QMetaType>
#include <QObject>
#include <QString>
#include <QUrl>

namespace workspace {

// A sentence for the user that belongs to no tunnel: shown in the window until dismissed.
struct Notice {
    QString key; // the same key replaces the notice before; an empty text takes it away
    QString text; // what happened, why, and what to do
    bool error = true;
    QUrl server{}; // whose token, saved in the settings, mends it; empty: none does

    friend bool operator==(const Notice &, const Notice &) = default;
};

class NoticeBoard : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // Told only when it is new. The oldest of more than wire::kMaxNotices goes.
    void tell(const Notice &notice);
    // A failure as "CONSEQUENCE: error"; a success takes the notice away.
    void tell(const QString &key, const wire::Result<> &result, const QString &consequence);
    [[nodiscard]] const QList<Notice> &notices() const { return m_notices; }

Q_SIGNALS:
    void noticed(const workspace::Notice &notice);

private:
    QList<Notice> m_notices;
};

} // namespace workspace

Q_DECLARE_METATYPE(workspace::Notice)
