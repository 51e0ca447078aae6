// The fields of a tunnel: local address, name, server, who may reach it, and behind "More" what few need. Checks what is
// typed as it is typed. Used to expose a port and to edit a tunnel. GUI thread; the workspace is borrowed.
#pragma once

#include "ui/theme/theme.h"
#include "workspace/workspace.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QToolButton;

namespace ui {

class AccessFields;
class ElidedLabel;
class FieldRow;

class ExposeFields : public QWidget {
    Q_OBJECT
public:
    ExposeFields(const Theme &theme, workspace::Workspace &workspace, QWidget *parent = nullptr);

    // `id`: the tunnel that is being edited, whose name is its own; empty: a new one.
    void setEntry(const settings::TunnelEntry &entry, const QString &id = {});
    // A port from the suggestions; the name is made of `wish` while the user has not typed one.
    void suggest(const settings::Target &target, const QString &wish);
    [[nodiscard]] wire::Result<settings::TunnelEntry> entry() const;
    [[nodiscard]] bool isValid() const { return entry().has_value(); }

    [[nodiscard]] AccessFields *accessFields() const { return m_access; }
    void focusTarget();
    void focusName();

Q_SIGNALS:
    void changed();
    void submitted(); // Enter in a field

private:
    void build();
    void buildMore();
    void connectFields();
    void fillServers();
    void refresh();
    void refreshTarget();
    void refreshName();
    void showMore(bool more);
    void showAccess(bool shown);
    [[nodiscard]] QUrl server() const;
    [[nodiscard]] wire::Result<settings::HostHeader> hostHeader() const;
    [[nodiscard]] settings::UpstreamTls upstreamTls(const settings::Target &target) const;

    const Theme &m_theme;
    workspace::Workspace &m_workspace;
    settings::TunnelEntry m_entry; // what the fields do not show stays as it was
    QString m_id;
    bool m_nameTyped = false;
    QLineEdit *m_target;
    QLineEdit *m_name;
    QComboBox *m_server;
    QToolButton *m_accessButton;
    ElidedLabel *m_accessSummary;
    AccessFields *m_access;
    QToolButton *m_moreButton;
    QWidget *m_more;
    QComboBox *m_host;
    QLineEdit *m_customHost;
    QComboBox *m_certificate;
    QCheckBox *m_autostart;
    FieldRow *m_targetRow;
    FieldRow *m_nameRow;
    FieldRow *m_serverRow;
    FieldRow *m_hostRow;
    FieldRow *m_customRow;
    FieldRow *m_certificateRow;
};

} // namespace ui
