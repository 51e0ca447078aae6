// The page of what holds for the whole program: look, closing, notifications, recording. Each change is saved at once.
// GUI thread; the workspace is borrowed.
#pragma once

#include "ui/theme/theme.h"
#include "workspace/workspace.h"

#include <QWidget>

#include <functional>

class QButtonGroup;
class QCheckBox;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace ui {

class GeneralPage : public QWidget {
    Q_OBJECT
public:
    // `trayAvailable` is asked whenever the page is shown: a tray may come and go.
    GeneralPage(workspace::Workspace &workspace, const Theme &theme, std::function<bool()> trayAvailable,
                QWidget *parent = nullptr);

    [[nodiscard]] QToolButton *appearanceButton(settings::Appearance appearance) const;
    [[nodiscard]] QCheckBox *closeToTray() const { return m_closeToTray; }
    [[nodiscard]] QCheckBox *notifications() const { return m_notifications; }
    [[nodiscard]] QCheckBox *recordBodies() const { return m_recordBodies; }

Q_SIGNALS:
    void failed(const QString &sentence);

protected:
    void showEvent(QShowEvent *event) override;

private:
    using Change = std::function<void(settings::Preferences &)>;

    void addAppearance(QVBoxLayout *column);
    QCheckBox *addSwitch(QVBoxLayout *column, const QString &text, const QString &hint, QLabel **hintLabel = nullptr);
    void save(const Change &change);
    void refresh();
    void refreshIcons();

    workspace::Workspace &m_workspace;
    const Theme &m_theme;
    std::function<bool()> m_trayAvailable;
    QButtonGroup *m_appearance;
    QCheckBox *m_closeToTray;
    QLabel *m_closeHint = nullptr;
    QCheckBox *m_notifications;
    QCheckBox *m_recordBodies;
};

} // namespace ui
