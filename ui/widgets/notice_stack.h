// Notices one below the other, each under a key of its own; without any it takes no room. GUI thread.
#pragma once

#include "ui/widgets/notice_bar.h"

#include <QMap>

namespace ui {

class NoticeStack : public QWidget {
    Q_OBJECT
public:
    explicit NoticeStack(const Theme &theme, QWidget *parent = nullptr);

    // The one of this key, made if need be, tells this from now on.
    NoticeBar *tell(const QString &key, NoticeBar::Kind kind, const QString &text);
    void remove(const QString &key);
    [[nodiscard]] NoticeBar *find(const QString &key) const { return m_bars.value(key); } // null: not told
    [[nodiscard]] qsizetype count() const { return m_bars.size(); }

Q_SIGNALS:
    void dismissed(const QString &key); // by the user: it is removed

private:
    const Theme &m_theme;
    QMap<QString, NoticeBar *> m_bars;
};

} // namespace ui
