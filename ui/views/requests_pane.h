// The middle of the window: the live list, or why it is empty and what to do about it. GUI thread.
#pragma once

#include "settings/window_state.h"
#include "ui/models/exchange_filter_model.h"
#include "ui/theme/theme.h"
#include "workspace/tunnel_info.h"

#include <QStackedWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace ui {

class CopyLine;
class EmptyState;
class ExchangeTable;
class QrView;
class TunnelCommands;

class RequestsPane : public QStackedWidget {
    Q_OBJECT
public:
    RequestsPane(const Theme &theme, ExchangeModel &all, ExchangeFilterModel &shown, TunnelCommands &commands,
                 settings::WindowState &state, QWidget *parent = nullptr);

    void setTunnel(const workspace::TunnelInfo *tunnel); // the chosen one, null: all
    [[nodiscard]] ExchangeTable *table() const { return m_table; }
    void focusFirst(QWidget &otherwise); // the list, when it is shown
    [[nodiscard]] QList<quint64> shownKeys() const; // in the order they are shown
    [[nodiscard]] int total() const; // requests of the chosen tunnel, whatever the filter

Q_SIGNALS:
    void clearFilterRequested();

private:
    void buildWaiting();
    void buildNoMatch();
    void watchModels();
    void refresh();
    void refreshWaiting();
    void tellWaiting(Glyph glyph, const QString &heading, const QString &sentence);

    ExchangeModel &m_all;
    ExchangeFilterModel &m_shown;
    TunnelCommands &m_commands;
    std::optional<workspace::TunnelInfo> m_tunnel;
    ExchangeTable *m_table;
    EmptyState *m_waiting;
    QWidget *m_invitation; // a line to try, and a QR code; the address itself is in the header
    CopyLine *m_line;
    QrView *m_qr;
    QPushButton *m_act; // starts or resumes the tunnel
    EmptyState *m_noMatch;
};

} // namespace ui
