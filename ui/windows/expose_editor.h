// A tunnel's settings, edited beside the requests: the same fields as for exposing a port, saved or left as they were.
// GUI thread.
#pragma once

#include "ui/theme/theme.h"
#include "workspace/workspace.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

class ElidedLabel;
class ExposeFields;
class NoticeBar;

class ExposeEditor : public QWidget {
    Q_OBJECT
public:
    ExposeEditor(const Theme &theme, workspace::Workspace &workspace, QWidget *parent = nullptr);

    void edit(const QString &id, bool rename = false); // rename: with the name selected
    [[nodiscard]] QString tunnel() const { return m_id; }
    [[nodiscard]] ExposeFields *fields() const { return m_fields; }
    void save();
    [[nodiscard]] bool isChanged() const; // by the user, and not saved

Q_SIGNALS:
    void finished(); // saved or cancelled

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    void refresh();

    const Theme &m_theme;
    workspace::Workspace &m_workspace;
    QString m_id;
    ElidedLabel *m_title;
    ExposeFields *m_fields;
    NoticeBar *m_fault;
    QPushButton *m_save;
    QPushButton *m_cancel;
};

} // namespace ui
