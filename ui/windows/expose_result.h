// What became of an exposed port: its address with copy, open and QR code once it is online, or why it is not.
// GUI thread.
#pragma once

#include "ui/theme/theme.h"
#include "ui/widgets/url_bar.h"
#include "workspace/workspace.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

class EmptyState;
class NoticeBar;
class QrView;

class ExposeResult : public QWidget {
    Q_OBJECT
public:
    ExposeResult(const Theme &theme, workspace::Workspace &workspace, UrlBar::OpenUrl open, QWidget *parent = nullptr);

    void setTunnel(const QString &id);
    [[nodiscard]] UrlBar *urlBar() const { return m_url; }

Q_SIGNALS:
    void anotherRequested();
    void editRequested(const QString &id);
    void requestsRequested(const QString &id);

private:
    void build();
    void refresh();
    void refreshOnline(const workspace::TunnelInfo &tunnel);

    const Theme &m_theme;
    workspace::Workspace &m_workspace;
    QString m_id;
    EmptyState *m_state;
    UrlBar *m_url;
    QrView *m_qr;
    NoticeBar *m_fault;
    QPushButton *m_requests;
    QPushButton *m_edit;
};

} // namespace ui
