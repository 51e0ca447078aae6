// What came back: status, how long it took, how much it was, body and headers; or why nothing did. GUI thread.
#pragma once

#include "traffic/exchange.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QStackedWidget;
class QTabBar;

namespace ui {

class BadgeLabel;
class BodyView;
class ElidedLabel;
class HeaderTable;
class NoticeBar;

class ReplayAnswer : public QWidget {
    Q_OBJECT
public:
    explicit ReplayAnswer(const Theme &theme, QWidget *parent = nullptr);

    void setExchange(const traffic::Exchange &exchange);
    [[nodiscard]] BodyView *bodyView() const { return m_body; }
    [[nodiscard]] NoticeBar *notice() const { return m_notice; }
    [[nodiscard]] QString factsText() const; // "200 OK · 12 ms · 1.7 kB"

private:
    void build();
    void refresh();
    void showBody();

    const Theme &m_theme;
    traffic::Exchange m_exchange;
    BadgeLabel *m_badge;
    ElidedLabel *m_facts;
    QTabBar *m_tabs;
    NoticeBar *m_notice;
    QStackedWidget *m_stack;
    BodyView *m_body;
    HeaderTable *m_headers;
};

} // namespace ui
