// Everything about the chosen request: overview, request, response. Follows the store while the request goes on, and
// says so when it is no longer kept. GUI thread; store and state are borrowed.
#pragma once

#include "settings/window_state.h"
#include "traffic/exchange_store.h"
#include "ui/theme/theme.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QStackedWidget;
class QTabBar;

namespace ui {

class BadgeLabel;
class ElidedLabel;
class EmptyState;
class ExchangeOverview;
class IconButton;
class MessageView;

class DetailsPane : public QWidget {
    Q_OBJECT
public:
    using UrlOf = std::function<QString(const traffic::Exchange &)>;

    DetailsPane(const Theme &theme, traffic::ExchangeStore &store, settings::WindowState &state, UrlOf urlOf,
                QWidget *parent = nullptr);

    enum Tab { Overview, Request, Response };

    void showExchange(quint64 key); // 0: none
    [[nodiscard]] quint64 key() const { return m_key; }
    void setTab(Tab tab);
    [[nodiscard]] Tab tab() const;
    void focusTabs();
    [[nodiscard]] MessageView *request() const { return m_request; }
    [[nodiscard]] MessageView *response() const { return m_response; }

Q_SIGNALS:
    void copyUrlRequested(quint64 key);
    void copyCurlRequested(quint64 key, bool withSecrets);
    void replayRequested(quint64 key, bool edit);
    void closeRequested();

private:
    void build();
    void buildHeader();
    void connectStore();
    void noteChange();
    void refresh();
    void refreshPage(const traffic::Exchange &exchange);

    const Theme &m_theme;
    traffic::ExchangeStore &m_store;
    settings::WindowState &m_state;
    UrlOf m_urlOf;
    quint64 m_key = 0;
    QTimer m_later; // gathers the changes of a request that goes on
    QWidget *m_header;
    BadgeLabel *m_badge;
    ElidedLabel *m_title;
    IconButton *m_replay;
    IconButton *m_edit;
    IconButton *m_curl;
    IconButton *m_close;
    QTabBar *m_tabs;
    QStackedWidget *m_stack;
    EmptyState *m_none;
    ExchangeOverview *m_overview;
    MessageView *m_request;
    MessageView *m_response;
};

} // namespace ui
